import type { Queryable } from '../database.ts';
import { readHead } from './audit.store.ts';

/** How many entries are sealed; a number that falls tells that the database was put back, or the end of the log was. */
export const auditProgress = async (db: Queryable): Promise<{ sealed: number }> => ({ sealed: (await readHead(db))?.seq ?? 0 });
