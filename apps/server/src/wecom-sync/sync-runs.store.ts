import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { syncRuns } from './wecom-sync.table.ts';

export type SyncRun = Omit<typeof syncRuns.$inferSelect, 'corpId'>;
export type SyncPosition = SyncRun['position'];

const columns = {
  runId: syncRuns.runId,
  kind: syncRuns.kind,
  requestedBy: syncRuns.requestedBy,
  startedAt: syncRuns.startedAt,
  finishedAt: syncRuns.finishedAt,
  phase: syncRuns.phase,
  staffTotal: syncRuns.staffTotal,
  staffDone: syncRuns.staffDone,
  customersStored: syncRuns.customersStored,
  relationsFound: syncRuns.relationsFound,
  relationsAsked: syncRuns.relationsAsked,
  relationsEnded: syncRuns.relationsEnded,
  position: syncRuns.position,
  reasons: syncRuns.reasons,
  failure: syncRuns.failure,
};

/** The full sync that is under way, else the last one that finished. */
export async function latestFullRun(db: Queryable): Promise<SyncRun | null> {
  const [run] = await db
    .select(columns)
    .from(syncRuns)
    .where(eq(syncRuns.kind, 'full'))
    .orderBy(sql`${syncRuns.finishedAt} IS NULL DESC`, desc(syncRuns.startedAt))
    .limit(1);
  return run ?? null;
}

/** Of either kind; there is at most one. */
export async function unfinishedRun(db: Queryable): Promise<SyncRun | null> {
  const [run] = await db.select(columns).from(syncRuns).where(isNull(syncRuns.finishedAt)).orderBy(syncRuns.startedAt).limit(1);
  return run ?? null;
}

export async function lastFinishedRun(db: Queryable, kind?: SyncRun['kind']): Promise<SyncRun | null> {
  const finished = isNotNull(syncRuns.finishedAt);
  const [run] = await db
    .select(columns)
    .from(syncRuns)
    .where(kind === undefined ? finished : and(finished, eq(syncRuns.kind, kind)))
    .orderBy(desc(syncRuns.startedAt))
    .limit(1);
  return run ?? null;
}

export async function findRun(db: Queryable, runId: string): Promise<SyncRun | null> {
  const [run] = await db.select(columns).from(syncRuns).where(eq(syncRuns.runId, runId));
  return run ?? null;
}

/** Does nothing while another run is under way. */
export async function insertRun(
  db: Queryable,
  run: { corpId: string; runId: string; kind: SyncRun['kind']; requestedBy: string | null; startedAt: Date },
): Promise<void> {
  await db
    .insert(syncRuns)
    .values({ ...run, phase: 'staff', position: { pendingStaff: [], batch: [], cursor: '' } })
    .onConflictDoNothing();
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
