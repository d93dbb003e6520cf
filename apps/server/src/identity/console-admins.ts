import type { Queryable } from '../database.ts';
import { adminNames } from './staff.store.ts';

/** Up to three names of admins who are still here: whom to ask for a role. */
export const consoleAdmins = (db: Queryable): Promise<string[]> => adminNames(db, 3);
