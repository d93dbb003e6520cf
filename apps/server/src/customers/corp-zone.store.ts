import type { Queryable } from '../database.ts';
import { corps } from '../identity/identity.table.ts';

export async function readTimeZone(db: Queryable): Promise<string | null> {
  const [row] = await db.select({ timeZone: corps.timeZone }).from(corps);
  return row?.timeZone ?? null;
}
