import { uuidv7 } from 'uuidv7';
import type { Deps } from '../feature.ts';
import { timeZoneOfCorp } from './customer-mirror.store.ts';
import { someoneIsUnread } from './directory.store.ts';
import { isReconciliationDue } from './reconcile-schedule.ts';
import { insertRun, lastFinishedRun, type SyncRun, unfinishedRun } from './sync-runs.store.ts';
import type { SyncDeps } from './sync-step.ts';
import { type RunEnd, workSyncRun } from './work-sync-run.ts';

/**
 * Asks for a reconciliation: everything is read from WeCom again, and whoever WeCom no longer lists is asked about one by one. Answers the
 * run that is now under way, which is an earlier one if that has not ended. `requestedBy`: a staff id, `cli`, or null for the schedule.
 */
export async function requestReconciliation(
  deps: Pick<Deps, 'db' | 'clock'> & { config: { wecom: Pick<Deps['config']['wecom'], 'corpId'> } },
  requestedBy: string | null,
): Promise<SyncRun> {
  const { db, clock, config } = deps;
  for (;;) {
    await insertRun(db, { corpId: config.wecom.corpId, runId: uuidv7(), kind: 'reconcile', requestedBy, startedAt: clock.now() });
    const run = await unfinishedRun(db);
    // Null: the run that was in the way has just ended.
    if (run) return run;
  }
}

/** A reconciliation from beginning to end, or the rest of the run that is under way. */
export async function reconcile(deps: SyncDeps, signal: AbortSignal, requestedBy: string | null = null): Promise<RunEnd> {
  await requestReconciliation(deps, requestedBy);
  return workSyncRun(deps, signal);
}

/** A whole region that joins comes within minutes, not each of them with a run of their own. */
const atMostEveryMs = 600_000;

/**
 * Somebody has joined since the last run, or was let into the visible range: whose customers they had before nobody has read, and no callback will tell.
 * A run leaves each without customers with a reason, so nobody is the cause of two.
 */
async function someoneHasJoined({ db }: Pick<SyncDeps, 'db'>, last: SyncRun | null, now: Date): Promise<boolean> {
  if (last === null || Math.abs(now.getTime() - last.startedAt.getTime()) < atMostEveryMs) return false;
  return someoneIsUnread(db, Object.keys(last.reasons));
}

/**
 * What the worker does at each turn: goes on with a run that somebody asked for or that was cut off, and begins one when it is time for the nightly one or
 * somebody has joined.
 */
export async function reconcileWhenDue(deps: SyncDeps, signal: AbortSignal): Promise<void> {
  const { db, clock, config } = deps;
  if ((await unfinishedRun(db)) === null) {
    const last = await lastFinishedRun(db);
    const timeZone = await timeZoneOfCorp(db);
    const now = clock.now();
    const due = { lastStartedAt: last?.startedAt ?? null, now, timeZone, corpId: config.wecom.corpId };
    if (!isReconciliationDue(due) && !(await someoneHasJoined(deps, last, now))) return;
    await requestReconciliation(deps, null);
  }
  await workSyncRun(deps, signal);
}
