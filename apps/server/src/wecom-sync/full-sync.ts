import { setTimeout as pause } from 'node:timers/promises';
import { type CustomerPage, WeComError } from '@nextline/wecom';
import { uuidv7 } from 'uuidv7';
import type { Deps } from '../feature.ts';
import { staffWithCustomers } from './customer-mirror.store.ts';
import { storeCustomers } from './store-customer.ts';
import { afterPage, nextBatch, splitBatch } from './sync-position.ts';
import { advanceRun, hasFinishedRun, insertRun, noteFailure, type SyncPosition, type SyncRun, unfinishedRun } from './sync-runs.store.ts';
import { syncStaff } from './sync-staff.ts';
import { syncTags } from './sync-tags.ts';

type SyncDeps = Pick<Deps, 'db' | 'clock' | 'wecom' | 'config' | 'log'>;

const failureText = (error: unknown) => (error instanceof Error ? error.message.slice(0, 500) : String(error));

/** A new run, unless one is under way: that one is resumed. */
async function currentRun(deps: SyncDeps): Promise<SyncRun> {
  const found = await unfinishedRun(deps.db);
  if (found) return found;
  await insertRun(deps.db, { corpId: deps.config.wecom.corpId, runId: uuidv7(), startedAt: deps.clock.now() });
  return currentRun(deps);
}

/** Ends a transaction whose run another process has moved meanwhile: what was read here belongs to the past. */
class Overtaken extends Error {}

async function store(deps: SyncDeps, run: SyncRun, page: CustomerPage, asOf: Date, position: SyncPosition): Promise<void> {
  const reasons = Object.fromEntries(page.unlicensed.map((staffUserId) => [staffUserId, '没有接口许可']));
  const batchDone = position.batch.length === 0;
  await deps.db.transaction(async (tx) => {
    const { corpId } = deps.config.wecom;
    await storeCustomers(tx, { corpId, asOf, customers: page.customers.map(({ customer, follow }) => ({ customer, follows: [follow] })) });
    const empty: Record<string, string> = {};
    if (batchDone) {
      const withCustomers = await staffWithCustomers(tx, run.position.batch);
      for (const staffUserId of run.position.batch) if (!withCustomers.has(staffUserId)) empty[staffUserId] = '还没有客户';
    }
    const moved = await advanceRun(tx, run, {
      position,
      staffDone: run.staffDone + (batchDone ? run.position.batch.length : 0),
      customersStored: run.customersStored + page.customers.length,
      reasons: { ...empty, ...run.reasons, ...reasons },
    });
    if (!moved) throw new Overtaken();
  });
}

/** A batch that WeCom refuses holds somebody who cannot be read: halve it until it is clear who, note why, go on without them. */
async function setAside(deps: SyncDeps, run: SyncRun, error: WeComError): Promise<void> {
  const smaller = splitBatch(run.position);
  if (smaller) {
    await advanceRun(deps.db, run, { position: smaller });
    return;
  }
  const [staffUserId = ''] = run.position.batch;
  deps.log.warn({ staff: staffUserId, errcode: error.errcode }, 'the customers of a staff member cannot be read');
  const reason = `读不到：${error.errcode ?? ''} ${error.errmsg}`.slice(0, 200);
  await advanceRun(deps.db, run, {
    position: afterPage(run.position, null),
    staffDone: run.staffDone + 1,
    reasons: { ...run.reasons, [staffUserId]: reason },
  });
}

const aboutOnePerson = (error: WeComError) =>
  error.kind === 'caller' || error.kind === 'unknown' || error.kind === 'eventual' || error.errcode === 60011 || error.errcode === 701008;

async function syncCustomers(deps: SyncDeps, run: SyncRun): Promise<void> {
  const position = nextBatch(run.position);
  if (position === null) {
    await advanceRun(deps.db, run, { phase: 'done', finishedAt: deps.clock.now() });
    return;
  }
  if (position !== run.position) {
    await advanceRun(deps.db, run, { position });
    return;
  }
  const asOf = deps.clock.now();
  try {
    const page = await deps.wecom.customersOfStaff({ staffUserIds: position.batch, cursor: position.cursor });
    await store(deps, run, page, asOf, afterPage(position, page.nextCursor));
  } catch (error) {
    if (!(error instanceof WeComError) || !aboutOnePerson(error)) throw error;
    await setAside(deps, run, error);
  }
}

async function step(deps: SyncDeps, run: SyncRun): Promise<void> {
  if (run.phase === 'staff') {
    const following = await syncStaff(deps);
    const position = { pendingStaff: following, batch: [], cursor: '' };
    await advanceRun(deps.db, run, { phase: 'tags', staffTotal: following.length, position });
  } else if (run.phase === 'tags') {
    await syncTags(deps);
    await advanceRun(deps.db, run, { phase: 'customers' });
  } else if (run.phase === 'customers') await syncCustomers(deps, run);
}

/** How long to leave WeCom alone after a failure. A rate limit blocks for a minute; a wrong setting waits for a person, who must not wait long for us. */
export function waitAfter(error: unknown, failures: number): number {
  if (error instanceof WeComError && error.kind === 'rate') return 61_000;
  if (error instanceof WeComError && error.kind === 'config') return 30_000;
  return Math.min(1000 * 2 ** (failures - 1), 60_000);
}

/**
 * Everything from WeCom into our store: staff, tags, customers. Each page is stored together with its cursor, so a run that was killed
 * goes on where it was. A failed read deletes nothing and is tried again, more slowly each time. Ends when done or when `signal` says so.
 */
export async function fullSync(deps: SyncDeps, signal: AbortSignal): Promise<'done' | 'stopped'> {
  let run = await currentRun(deps);
  const { runId } = run;
  let failures = 0;
  deps.log.info({ runId, phase: run.phase, staffDone: run.staffDone }, 'full sync: begins or goes on');
  while (!signal.aborted) {
    try {
      await step(deps, run);
      failures = 0;
    } catch (error) {
      if (!(error instanceof Overtaken)) {
        failures += 1;
        const waitMs = waitAfter(error, failures);
        deps.log.warn({ err: error, runId, waitMs }, 'full sync: a read failed, nothing was deleted, it is tried again');
        await noteFailure(deps.db, runId, failureText(error)).catch(() => undefined);
        await pause(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
    const next = await unfinishedRun(deps.db).catch(() => run);
    if (next?.runId !== runId) {
      deps.log.info({ runId }, 'full sync: done');
      return 'done';
    }
    if (next.staffDone !== run.staffDone || next.phase !== run.phase)
      deps.log.info(
        { runId, phase: next.phase, staff: `${next.staffDone}/${next.staffTotal}`, customers: next.customersStored },
        'full sync',
      );
    run = next;
  }
  return 'stopped';
}

/** The first start with an empty store, or a start after a run that was cut short. */
export async function needsFullSync(deps: Pick<Deps, 'db'>): Promise<boolean> {
  return (await unfinishedRun(deps.db)) !== null || !(await hasFinishedRun(deps.db));
}
