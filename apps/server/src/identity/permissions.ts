import { type Permission, permission as permissions, type Role } from '@nextline/contract';
import { sessionForbidden } from '../errors.ts';
import type { Principal } from '../feature.ts';

const everyPermission = permissions.options;
const reading: Permission[] = ['scripts.read', 'customers.read', 'people.read'];
const operating: Permission[] = [
  ...reading,
  'scripts.write',
  'scripts.review',
  'library.write',
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
    'people.write',
    'rules.write',
    'audit.read',
    'sync.run',
  ]),
};

type Holder = Pick<Principal, 'role' | 'seesMobiles'>;

/** Until the corp says otherwise: whoever runs it all. */
export const seesMobilesByDefault = (role: Role): boolean => role === 'admin';

export const may = ({ role, seesMobiles }: Holder, permission: Permission): boolean =>
  permission === 'customers.mobiles' ? seesMobiles : allowed[role].has(permission);

export const permissionsOf = (who: Holder): Permission[] => everyPermission.filter((permission) => may(who, permission));

/** A guide has a place in the sidebar and none in the console. */
export const hasConsole = ({ role }: Pick<Principal, 'role'>): boolean => allowed[role].size > 0;

/** Throws `session.forbidden` when this person's role does not allow it. */
export function requirePermission(who: Holder, permission: Permission): void {
  if (!may(who, permission)) throw sessionForbidden();
}
