import type { Role } from '@nextline/contract';

/** What WeCom's directory says about a person's role: a store manager by title (店长), or by leading a store's department. Everybody else is a guide. */
export function roleOfStaff(person: { position: string; leaderOfDepartmentIds: string[] }, storeDepartmentIds: ReadonlySet<string>): Role {
  const leadsStore = person.leaderOfDepartmentIds.some((id) => storeDepartmentIds.has(id));
  return leadsStore || person.position.includes('店长') ? 'manager' : 'guide';
}
