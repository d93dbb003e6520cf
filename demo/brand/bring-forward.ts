import { type AnyColumn, lte, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { dayMs, dayOf } from '../../apps/server/src/corp-time.ts';
import { customers, orders, outcomes } from '../../apps/server/src/customers/customers.table.ts';
import { openDatabase, type Queryable, urlOfCorp } from '../../apps/server/src/database.ts';
import { notes } from '../../apps/server/src/notes/notes.table.ts';
import { migrateDatabase } from '../../apps/server/src/prepare-database.ts';
import { scriptFavourites, scripts, scriptUses, scriptVersions } from '../../apps/server/src/scripts/scripts.table.ts';
import { raiseLibraryVersion } from '../../apps/server/src/scripts/scripts.store.ts';
import { touches } from '../../apps/server/src/sends/sends.table.ts';
import { stageMoves } from '../../apps/server/src/stages/stages.table.ts';
import { tasks } from '../../apps/server/src/tasks/tasks.table.ts';
import { summarise } from './history/summarise.ts';

const timeZone = 'Asia/Shanghai';

export const daysBehind = (laidAt: Date, now: Date): number => Math.max(0, dayOf(now, timeZone) - dayOf(laidAt, timeZone));

/**
 * A demo that is started again on a later day. The simulated WeCom begins anew each time, its chats ending a few minutes ago; so what the brand remembers
 * until `laidAt` moves by as many days, at the same time of the day. What was a few minutes old then, and would now lie ahead, is a few minutes old again.
 * What somebody has done in the demo since stays on its day.
 */
export async function bringForward(brand: {
  databaseUrl: string;
  sessionKey: string;
  corpId: string;
  laidAt: Date;
  now: Date;
}): Promise<void> {
  const { databaseUrl, sessionKey, corpId, laidAt, now } = brand;
  const days = daysBehind(laidAt, now);
  if (days === 0) return;
  // A ledger has a part for every month that something moves into.
  await migrateDatabase(databaseUrl, new Date(now.getTime() - 60 * dayMs));
  const database = openDatabase({ url: urlOfCorp(databaseUrl, corpId, sessionKey), max: 1, onError: () => undefined });
  const later = (column: AnyColumn): SQL => sql`${column} + make_interval(days => ${days})`;
  const past = (column: AnyColumn): SQL =>
    sql`CASE WHEN ${later(column)} <= ${now} THEN ${later(column)} ELSE least(${column} + (${now}::timestamptz - ${laidAt}::timestamptz), ${now}) END`;
  const untilLaid = (column: AnyColumn): SQL => sql`CASE WHEN ${column} <= ${laidAt} THEN ${past(column)} ELSE ${column} END`;
  const move = async (tx: Queryable, table: PgTable, happened: AnyColumn, set: Record<string, SQL>): Promise<void> => {
    await tx.update(table).set(set).where(lte(happened, laidAt));
  };
  try {
    await database.db.transaction(async (tx) => {
      await move(tx, orders, orders.orderedAt, { orderedAt: past(orders.orderedAt) });
      await move(tx, outcomes, outcomes.occurredAt, { occurredAt: past(outcomes.occurredAt) });
      await move(tx, touches, touches.touchedAt, { touchedAt: past(touches.touchedAt) });
      await move(tx, stageMoves, stageMoves.movedAt, { movedAt: past(stageMoves.movedAt) });
      await move(tx, notes, notes.writtenAt, { writtenAt: past(notes.writtenAt) });
      await move(tx, tasks, tasks.createdAt, { createdAt: past(tasks.createdAt), dueAt: later(tasks.dueAt) });
      await move(tx, scriptVersions, scriptVersions.createdAt, {
        createdAt: past(scriptVersions.createdAt),
        publishedAt: untilLaid(scriptVersions.publishedAt),
      });
      await move(tx, scripts, scripts.createdAt, { createdAt: past(scripts.createdAt), validUntil: later(scripts.validUntil) });
      await move(tx, scriptUses, scriptUses.lastUsedAt, { lastUsedAt: past(scriptUses.lastUsedAt) });
      await move(tx, scriptFavourites, scriptFavourites.markedAt, { markedAt: past(scriptFavourites.markedAt) });
      await tx.update(customers).set({ stageEnteredAt: untilLaid(customers.stageEnteredAt), optedOutAt: untilLaid(customers.optedOutAt) });
      await raiseLibraryVersion(tx, corpId, now);
      await summarise(tx, corpId, now);
    });
  } finally {
    await database.close();
  }
}
