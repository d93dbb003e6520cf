import type { Role } from '@nextline/contract';

/** WeCom gives every corp's uppermost department this id. */
const rootDepartmentId = '1';

/**
 * What WeCom's directory says about a person's role: whoever leads the corp is an admin, 总部运营 in the title makes an operator, 店长 or leading a store's
 * department a store manager. Everybody else is a guide. A role that an admin gives in the console outlives all of this.
 */
export function roleOfStaff(person: { position: string; leaderOfDepartmentIds: string[] }, storeDepartmentIds: ReadonlySet<string>): Role {
  if (person.leaderOfDepartmentIds.includes(rootDepartmentId)) return 'admin';
  if (person.position.includes('总部运营')) return 'operator';
  const leadsStore = person.leaderOfDepartmentIds.some((id) => storeDepartmentIds.has(id));
  return leadsStore || person.position.includes('店长') ? 'manager' : 'guide';
}
