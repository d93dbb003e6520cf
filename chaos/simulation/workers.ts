/** What each worker of a process does, with an await wherever the real one has one. The rules are the real ones. */
import { claimMs } from '../../apps/server/src/leases/claim-rows.ts';
import { afterFailure } from '../../apps/server/src/wecom-callback/after-failure.ts';
import { isOverAfterEnd, mayStillCome } from '../../apps/server/src/wecom-callback/relation-after-end.ts';
import { sameWork } from '../../apps/server/src/wecom-callback/same-work.ts';
import { decideOutbox, mayBeDone } from '../../apps/server/src/wecom-sync/outbox-decision.ts';
import { endOfUnlisted } from '../../apps/server/src/wecom-sync/relation-unlisted.ts';
import { afterPage, nextBatch } from '../../apps/server/src/wecom-sync/sync-position.ts';
import { type CallbackEvent, WeComError } from '../../packages/wecom/src/index.ts';
import type { InboxRow, OutboxRow, Run, Store, Taken } from './store-model.ts';
import { type Breakers, callWeCom, type Line, type Work } from './wecom-call.ts';
import { keyOf, type ListedFollow, type WeComModel } from './wecom-model.ts';

export type Process = {
  store: Store;
  wecom: WeComModel;
  line: Line;
  breakers: Breakers;
  /** Postgres is away now and then: before a commit, and worse, after it. */
  commit<T>(work: () => T): Work<T>;
  /** Who of this process works on callbacks, and whether somebody wants to do so alone. */
  turns: { working: number; wanting: number };
  /** Told what reached WeCom. */
  onMarked(write: OutboxRow): void;
  /** Told who moves a run, by the lease that they hold. */
  onAdvance(held: number): void;
};

/** Postgres was gone before, or after, the commit: the worker cannot know which. */
export class DatabaseAway extends Error {}

/** The whole process is gone, with all that it had in hand. */
export class ProcessDied extends Error {}

const idleMs = 6_000;

type Look = { asOf: number; listed: ListedFollow[] | null };

function* look({ line, breakers, wecom }: Process, customer: string): Work<Look> {
  const asOf = line.now();
  const listed = yield* callWeCom(line, breakers, { api: 'get', carryOut: () => wecom.customer(customer, line.now()) });
  return { asOf, listed };
}

function* apply(process: Process, event: CallbackEvent, attempts: number, looks: Map<string, Look>): Work<void> {
  if (
    event.kind !== 'customer.added' &&
    event.kind !== 'customer.edited' &&
    event.kind !== 'customer.removedByCustomer' &&
    event.kind !== 'customer.removedByStaff'
  )
    return;
  const { store, line, commit } = process;
  const { externalUserId: customer, staffUserId: staff, occurredAt } = event;
  const seen = looks.get(customer) ?? (yield* look(process, customer));
  looks.set(customer, seen);
  const { asOf, listed } = seen;
  if (event.kind === 'customer.added') {
    if (listed) yield* commit(() => store.storeCustomer(customer, listed, asOf));
    if (listed?.some((follow) => follow.staffUserId === staff)) return;
    if (mayStillCome({ occurredAt, now: new Date(asOf), attempts }))
      throw new WeComError({ api: 'get', errcode: 84061, errmsg: 'not yet', kind: 'eventual' });
    if (listed === null) yield* commit(() => store.endFollow({ staff, customer, at: asOf, by: 'staff', now: asOf, unlessSeenAfter: asOf }));
    return;
  }
  if (listed) yield* commit(() => store.storeCustomer(customer, listed, asOf));
  if (event.kind === 'customer.edited') return;
  const present = listed?.find((follow) => follow.staffUserId === staff) ?? null;
  const now = line.now();
  const at = occurredAt?.getTime() ?? now;
  const by = event.kind === 'customer.removedByCustomer' ? 'customer' : 'staff';
  yield* commit(() => {
    if (isOverAfterEnd(new Date(at), present)) store.endFollow({ staff, customer, at, by, now });
    else if (by === 'customer') store.unfollow({ staff, customer, at });
  });
}

function* workLane(process: Process, head: Taken<InboxRow>, behind: InboxRow[]): Work<void> {
  const { store, line, commit } = process;
  const looks = new Map<string, Look>();
  const done = new Set<string>();
  const applied: InboxRow[] = [];
  let failure: unknown = null;
  for (const row of [head.row, ...behind]) {
    try {
      if (row.deadly) throw new ProcessDied();
      const work = sameWork(row.event);
      if (work === null || !done.has(work)) yield* apply(process, row.event, row.attempts, looks);
      if (work !== null) done.add(work);
      applied.push(row);
    } catch (error) {
      failure = error;
      break;
    }
  }
  const [first, ...rest] = applied;
  if (failure !== null && !(failure instanceof WeComError) && !(failure instanceof DatabaseAway)) throw failure;
  if (first !== undefined) return yield* commit(() => store.settleCallbacks(head, rest, 'applied'));
  const { kind, retryAfterMs } = failure instanceof WeComError ? failure : { kind: 'transient' as const, retryAfterMs: null };
  const next = afterFailure(kind, head.attempts, retryAfterMs);
  yield* commit(() => {
    if ('retryInMs' in next) store.retryCallback(head, next.retryInMs, line.now());
    else store.settleCallbacks(head, [], 'dead');
  });
}

/** `onTake`: told which claim is held from now on, so that two of one lane are noticed. */
export function* inboxWorker(process: Process, onTake: (taken: Taken<InboxRow>) => void): Work<never> {
  const { store, line, commit, turns } = process;
  for (;;) {
    while (turns.wanting > 0) yield 100;
    turns.working += 1;
    let found = 0;
    try {
      const taken = yield* commit(() => store.takeCallbacks(1, line.now()));
      found = taken.length;
      for (const { head, behind } of taken) {
        onTake(head);
        yield* workLane(process, head, behind);
      }
    } finally {
      turns.working -= 1;
    }
    if (found === 0) yield idleMs;
  }
}

/** `onTake`: as above, and that this process has nothing else of the inbox in hand. */
export function* suspectWorker(process: Process, onTake: (taken: Taken<InboxRow>, besides: number) => void): Work<never> {
  const { store, line, commit, turns } = process;
  for (;;) {
    turns.wanting += 1;
    let found = false;
    try {
      while (turns.working > 0) yield 100;
      yield* commit(() => store.giveUpUnreturned(line.now()));
      const suspect = yield* commit(() => store.takeSuspect(line.now()));
      found = suspect !== null;
      if (suspect !== null) {
        onTake(suspect, turns.working);
        yield* workLane(process, suspect, []);
      }
    } finally {
      turns.wanting -= 1;
    }
    if (!found) yield idleMs;
  }
}

function* sendWrite(process: Process, write: Taken<OutboxRow> & { maybeDone: boolean }, takenAt: number): Work<void> {
  const { store, line, breakers, wecom, commit, onMarked } = process;
  const { row } = write;
  const mayBegin = () => line.now() - takenAt < claimMs - 10_000;
  let { maybeDone } = write;
  for (let tries = 1; ; tries += 1) {
    try {
      if (maybeDone) {
        const listed = yield* callWeCom(line, breakers, { api: 'get', carryOut: () => wecom.customer(row.customer, line.now()) });
        const tags = listed?.find((follow) => follow.staffUserId === row.staff)?.tagIds ?? [];
        if (row.add.every((tag) => tags.includes(tag)) && !row.remove.some((tag) => tags.includes(tag))) break;
      }
      maybeDone = false;
      const carryOut = () => {
        const marked = wecom.markTags(row.staff, row.customer, row, line.now());
        if (marked) onMarked(row);
        return marked;
      };
      const taken = yield* callWeCom(line, breakers, { api: 'mark_tag', carryOut, mayBegin });
      if (!taken) throw new WeComError({ api: 'mark_tag', errcode: 84061, errmsg: 'no such relation', kind: 'eventual' });
      break;
    } catch (error) {
      if (!(error instanceof WeComError)) throw error;
      const couldNotLook = maybeDone;
      maybeDone ||= mayBeDone(error);
      if (maybeDone && !couldNotLook && tries < 2) continue;
      const decision = decideOutbox(error, write.attempts, maybeDone);
      const stillMaybe = maybeDone;
      yield* commit(() => {
        if ('retryInMs' in decision) store.putOff(write, decision.retryInMs, stillMaybe, line.now());
        else store.settleWrite(write, decision.giveUp, line.now());
      });
      return;
    }
  }
  const now = line.now();
  yield* commit(() => store.settleWrite(write, 'done', now));
}

export function* outboxWorker(process: Process): Work<never> {
  const { store, line, commit } = process;
  for (;;) {
    const askedAt = line.now();
    const writes = yield* commit(() => store.takeWrites(1, line.now()));
    for (const write of writes) yield* sendWrite(process, write, askedAt);
    if (writes.length === 0) yield idleMs;
  }
}

export const leaseMs = 30_000;
class LeaseLost extends Error {}

function* syncStep(process: Process, run: Run, held: number, staff: readonly string[]): Work<void> {
  const { store, line, breakers, wecom, commit, onAdvance } = process;
  const advance = (work: () => Partial<Run>): Work<void> =>
    commit(() => {
      if (store.lease.fence !== held) throw new LeaseLost();
      // The run is moved only by who read it last; what is stored with it belongs to the same transaction.
      const stored = store.runs.find(({ id }) => id === run.id);
      if (stored === undefined || stored.phase !== run.phase || JSON.stringify(stored.position) !== JSON.stringify(run.position)) return;
      onAdvance(held);
      store.advanceRun(run, work());
    });
  if (run.phase === 'customers') {
    const position = nextBatch(run.position);
    if (position === null) return yield* advance(() => ({ phase: 'missing', position: { pendingStaff: [], batch: [], cursor: '' } }));
    if (position !== run.position) return yield* advance(() => ({ position }));
    const asOf = line.now();
    const page = yield* callWeCom(line, breakers, {
      api: 'batch',
      carryOut: () => wecom.page(position.batch, position.cursor, line.now()),
    });
    return yield* advance(() => {
      for (const { customer, follow } of page.customers) store.storeCustomer(customer, [follow], asOf);
      return { position: afterPage(position, page.nextCursor) };
    });
  }
  const inDoubt = yield* commit(() => store.notSeenSince(run.startedAt, run.position.cursor, 2));
  const last = inDoubt.at(-1);
  if (last === undefined) return yield* advance(() => ({ phase: 'done' }));
  const seen = new Map<string, Look>();
  for (const customer of inDoubt) seen.set(customer, yield* look(process, customer));
  yield* advance(() => {
    for (const [customer, { listed, asOf }] of seen) if (listed) store.storeCustomer(customer, listed, asOf);
    for (const [customer, { listed, asOf }] of seen)
      for (const who of staff) {
        const known = store.follows.get(keyOf(who, customer));
        if (known === undefined || known.endedAt !== null || listed?.some((follow) => follow.staffUserId === who)) continue;
        const end = endOfUnlisted({ followedAt: new Date(known.followedAt), staff: 'listed' }, listed ?? []);
        if (end) store.endFollow({ staff: who, customer, at: asOf, by: end.by, now: asOf, unlessSeenAfter: asOf });
      }
    return { position: { ...run.position, cursor: last } };
  });
}

/** `onHold`: told when it believes that it holds the lease. */
export function* syncWorker(process: Process, staff: readonly string[], onHold: (fence: number) => void): Work<never> {
  const { store, line, commit } = process;
  for (;;) {
    const held = yield* commit(() => store.takeLease(leaseMs, line.now()));
    if (held === null) {
      yield idleMs * 3;
      continue;
    }
    onHold(held);
    let renewedAt = line.now();
    for (;;) {
      const run = yield* commit(() => store.unfinishedRun());
      if (run === null) break;
      try {
        yield* syncStep(process, run, held, staff);
      } catch (error) {
        if (error instanceof LeaseLost) break;
        if (!(error instanceof WeComError)) throw error;
        yield Math.min(error.retryAfterMs ?? 1_000, leaseMs / 3);
      }
      if (line.now() - renewedAt > leaseMs / 3) {
        if (!(yield* commit(() => store.renewLease(held, leaseMs, line.now())))) break;
        renewedAt = line.now();
      }
    }
    yield* commit(() => store.releaseLease(held, line.now()));
    yield idleMs * 3;
  }
}
