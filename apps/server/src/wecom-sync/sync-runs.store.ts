import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { syncRuns } from './wecom-sync.table.ts';

export type SyncRun = Omit<typeof syncRuns.$inferSelect, 'corpId'>;
export type SyncPosition = SyncRun['position'];

const columns = {
  runId: syncRuns.runId,
  startedAt: syncRuns.startedAt,
  finishedAt: syncRuns.finishedAt,
  phase: syncRuns.phase,
  staffTotal: syncRuns.staffTotal,
  staffDone: syncRuns.staffDone,
  customersStored: syncRuns.customersStored,
  position: syncRuns.position,
  reasons: syncRuns.reasons,
  failure: syncRuns.failure,
};

/** The run that is under way, else the last one that finished. */
export async function latestRun(db: Queryable): Promise<SyncRun | null> {
  const [run] = await db
    .select(columns)
    .from(syncRuns)
    .orderBy(sql`${syncRuns.finishedAt} IS NULL DESC`, desc(syncRuns.startedAt))
    .limit(1);
  return run ?? null;
}

export async function unfinishedRun(db: Queryable): Promise<SyncRun | null> {
  const [run] = await db.select(columns).from(syncRuns).where(isNull(syncRuns.finishedAt)).orderBy(syncRuns.startedAt).limit(1);
  return run ?? null;
}

export async function hasFinishedRun(db: Queryable): Promise<boolean> {
  const [run] = await db.select({ runId: syncRuns.runId }).from(syncRuns).where(isNotNull(syncRuns.finishedAt)).limit(1);
  return run !== undefined;
}

export async function insertRun(db: Queryable, run: { corpId: string; runId: string; startedAt: Date }): Promise<void> {
  await db.insert(syncRuns).values({ ...run, phase: 'staff', position: { pendingStaff: [], batch: [], cursor: '' } });
}

/**
 * Moves the run on, in the transaction of what was stored. False when another process has moved it meanwhile: then what this one read
 * belongs to the past and its transaction must be given up.
 */
export async function advanceRun(db: Queryable, from: SyncRun, to: Partial<SyncRun>): Promise<boolean> {
  const moved = await db
    .update(syncRuns)
    .set({ ...to, failure: null })
    .where(
      and(
        eq(syncRuns.runId, from.runId),
        eq(syncRuns.phase, from.phase),
        sql`${syncRuns.position} = ${JSON.stringify(from.position)}::jsonb`,
      ),
    )
    .returning({ runId: syncRuns.runId });
  return moved.length > 0;
}

export async function noteFailure(db: Queryable, runId: string, failure: string): Promise<void> {
  await db.update(syncRuns).set({ failure }).where(eq(syncRuns.runId, runId));
}
