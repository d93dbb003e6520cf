import { lte, or, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/**
 * Several read from WeCom at once, and who asked first may store last. Each row knows when WeCom was asked about it (`synced_at`), and what was asked earlier
 * changes nothing. No answer is an hour late: what is stored from longer after it comes from a clock that ran ahead and was set back, and would keep out
 * everything until then.
 */
const neverSoLate = sql`interval '1 hour'`;

/** For `ON CONFLICT DO UPDATE`: what is to be written was not asked before what is there. */
export const isNews = (syncedAt: AnyPgColumn): SQL =>
  sql`(${syncedAt} <= excluded.synced_at OR ${syncedAt} > excluded.synced_at + ${neverSoLate})`;

/** Of what an answer of `asOf` leaves out: nothing that was asked later says otherwise. */
export const notSeenAfter = (syncedAt: AnyPgColumn, asOf: Date): SQL | undefined =>
  or(lte(syncedAt, asOf), sql`${syncedAt} > ${asOf.toISOString()}::timestamptz + ${neverSoLate}`);
