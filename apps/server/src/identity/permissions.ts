import type { Permission, Role } from '@nextline/contract';
import { sessionForbidden } from '../errors.ts';
import type { Principal } from '../feature.ts';

const reading: Permission[] = ['scripts.read', 'customers.read', 'people.read'];
const operating: Permission[] = [
  ...reading,
  'scripts.write',
  'scripts.review',
  'customers.write',
  'tags.write',
  'stages.write',
  'doctor.read',
];

/** A guide works in the sidebar. A manager sees and writes what belongs to the own store: the use cases narrow it down by `storeId`. */
const allowed: Record<Role, ReadonlySet<Permission>> = {
  guide: new Set(),
  manager: new Set<Permission>([...reading, 'scripts.write', 'customers.write']),
  operator: new Set(operating),
  auditor: new Set<Permission>([...reading, 'audit.read', 'doctor.read']),
  admin: new Set<Permission>([
    ...operating,
    'customers.export',
    'customers.delete',
    'customers.mobiles',
    'people.write',
    'rules.write',
    'audit.read',
    'sync.run',
  ]),
};

export const permissionsOf = (role: Role): Permission[] => [...allowed[role]];

export const may = (who: Pick<Principal, 'role'>, permission: Permission): boolean => allowed[who.role].has(permission);

/** Throws `session.forbidden` when this person's role does not allow it. */
export function requirePermission(who: Pick<Principal, 'role'>, permission: Permission): void {
  if (!may(who, permission)) throw sessionForbidden();
}
