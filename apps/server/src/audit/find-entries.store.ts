import { and, desc, eq, gte, inArray, like, lt, sql, type SQL } from 'drizzle-orm';
import { customers } from '../customers/customers.table.ts';
import type { Queryable } from '../database.ts';
import { staff } from '../identity/identity.table.ts';
import { auditLog } from './audit.table.ts';

export type EntryPlace = { at: Date; entryId: string };
export type EntryConditions = {
  who?: string | undefined;
  what?: string | undefined;
  subject?: string | undefined;
  from?: Date | undefined;
  before?: Date | undefined;
};
const { at, entryId, staffUserId, action, subjectKind, subjectId, detail } = auditLog;
const told = { at, entryId, staffUserId, action, subjectKind, subjectId, detail };
export type FoundEntry = Pick<typeof auditLog.$inferSelect, keyof typeof told>;

/** Newest first; with `behind`, what comes after that place. */
export function findEntries(
  db: Queryable,
  { who, what, subject, from, before }: EntryConditions,
  page: { behind: EntryPlace | null; limit: number },
): Promise<FoundEntry[]> {
  const conditions: (SQL | undefined)[] = [
    who === undefined ? undefined : eq(staffUserId, who),
    // `_` stands for itself in an action.
    what === undefined ? undefined : what.includes('.') ? eq(action, what) : like(action, `${what.replaceAll('_', String.raw`\_`)}.%`),
    subject === undefined ? undefined : eq(subjectId, subject),
    from && gte(at, from),
    before && lt(at, before),
    page.behind === null
      ? undefined
      : sql`(${at}, ${entryId}) < (${page.behind.at.toISOString()}::timestamptz, ${page.behind.entryId}::uuid)`,
  ];
  return db
    .select(told)
    .from(auditLog)
    .where(and(...conditions))
    .orderBy(desc(at), desc(entryId))
    .limit(page.limit);
}

export async function namesOfStaff(db: Queryable, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: staff.staffUserId, name: staff.name }).from(staff).where(inArray(staff.staffUserId, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function namesOfCustomers(db: Queryable, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: customers.externalUserId, name: customers.name })
    .from(customers)
    .where(inArray(customers.externalUserId, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
