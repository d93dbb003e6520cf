import { setTimeout as pause } from 'node:timers/promises';
import { WeComError } from '@nextline/wecom';
import { type Held, LeaseLost, whileHolding } from '../leases/hold-lease.ts';
import { askAboutMissing } from './ask-about-missing.ts';
import { syncCustomers } from './sync-customers.ts';
import { whyUnreadable } from './why-empty.ts';
import { findRun, noteFailure, type SyncRun, unfinishedRun } from './sync-runs.store.ts';
import { refreshUnlistedStaff, syncStaff } from './sync-staff.ts';
import { advance, Overtaken, type SyncDeps, type SyncStep } from './sync-step.ts';
import { syncTags } from './sync-tags.ts';

const failureText = (error: unknown) => (error instanceof Error ? error.message.slice(0, 500) : String(error));

async function staffStep(step: SyncStep): Promise<void> {
  const { deps, run } = step;
  const { readable, refused } = await syncStaff(deps);
  // Who is not in any answer may have left, or is hidden from the app: each of them is asked for by name.
  if (run.kind === 'reconcile') await refreshUnlistedStaff(deps, run.startedAt);
  const position = { pendingStaff: readable, batch: [], cursor: '' };
  const reasons = Object.fromEntries(
    [...refused].map(([staffUserId, { errcode, errmsg }]) => [staffUserId, whyUnreadable(errcode, errmsg)]),
  );
  await advance(step, async () => ({ phase: 'tags', staffTotal: readable.length, position, reasons: { ...run.reasons, ...reasons } }));
}

async function takeStep(step: SyncStep): Promise<void> {
  const { phase, kind } = step.run;
  if (phase === 'staff') await staffStep(step);
  else if (phase === 'tags') {
    await syncTags(step.deps);
    await advance(step, async () => ({ phase: 'customers' }));
  } else if (phase === 'customers') await syncCustomers(step, kind === 'reconcile' ? 'missing' : 'done');
  else if (phase === 'missing') await askAboutMissing(step);
}

/** How long to leave WeCom alone after a failure. A rate limit blocks for a minute; a wrong setting waits for a person, who must not wait long for us. */
export function waitAfter(error: unknown, failures: number): number {
  if (error instanceof WeComError && error.kind === 'rate') return error.retryAfterMs ?? 61_000;
  if (error instanceof WeComError && error.kind === 'config') return 30_000;
  return Math.min(1000 * 2 ** (failures - 1), 60_000);
}

function tell({ log }: SyncDeps, before: SyncRun, after: SyncRun): void {
  const moved = after.staffDone !== before.staffDone || after.phase !== before.phase || after.relationsEnded !== before.relationsEnded;
  if (!moved) return;
  const { runId, kind, phase, staffDone, staffTotal, customersStored, relationsFound, relationsEnded } = after;
  log.info(
    { runId, phase, staff: `${staffDone}/${staffTotal}`, customers: customersStored, relationsFound, relationsEnded },
    `${kind} sync`,
  );
}

async function workRun(deps: SyncDeps, held: Held, first: SyncRun): Promise<'done' | 'stopped'> {
  const { runId, kind } = first;
  let run = first;
  let failures = 0;
  deps.log.info({ runId, phase: run.phase, staffDone: run.staffDone }, `${kind} sync: begins or goes on`);
  while (!held.signal.aborted) {
    try {
      await takeStep({ deps, run, held });
      failures = 0;
    } catch (error) {
      if (error instanceof LeaseLost) return 'stopped';
      if (!(error instanceof Overtaken)) {
        failures += 1;
        const waitMs = waitAfter(error, failures);
        deps.log.warn({ err: error, runId, waitMs }, `${kind} sync: a read failed, nothing was deleted, it is tried again`);
        await noteFailure(deps.db, runId, failureText(error)).catch(() => undefined);
        await pause(waitMs, undefined, { signal: held.signal }).catch(() => undefined);
      }
    }
    const next = await findRun(deps.db, runId).catch(() => run);
    if (next === null || next.finishedAt !== null) {
      deps.log.info({ runId, found: next?.relationsFound, ended: next?.relationsEnded }, `${kind} sync: done`);
      return 'done';
    }
    tell(deps, run, next);
    run = next;
  }
  return 'stopped';
}

/** How a process's part in a run ended. `elsewhere`: another process is at it. `nothing`: there is no run to work on. */
export type RunEnd = 'done' | 'stopped' | 'elsewhere' | 'nothing';

/**
 * Works on the run that is under way until it is finished or `signal` says stop. Each page is stored together with its cursor, so a run
 * that was killed goes on where it was. A failed read deletes nothing and is tried again, more slowly each time. One process of the corp
 * works on it at a time; when it dies, another goes on within a minute. `open` is called once nobody else is at it.
 */
export async function workSyncRun(deps: SyncDeps, signal: AbortSignal, open?: () => Promise<void>): Promise<RunEnd> {
  const ended = await whileHolding(deps, { corpId: deps.config.wecom.corpId, name: 'sync', signal }, async (held): Promise<RunEnd> => {
    await open?.();
    const run = await unfinishedRun(deps.db);
    return run === null ? 'nothing' : workRun(deps, held, run);
  });
  return ended?.result ?? 'elsewhere';
}
