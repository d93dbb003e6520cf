/**
 * What the SQL of the stores does, in memory: `inbox.store.ts`, `leases.store.ts`, `outbox.store.ts`, `customer-mirror.store.ts`. Each function is one
 * statement or one transaction, so it happens at once or not at all. Time is the database's.
 */
import { isUrgent, laneOf, waitBeforeApplyingMs } from '../../apps/server/src/wecom-callback/lane-of.ts';
import { claimMs } from '../../apps/server/src/leases/claim-rows.ts';
import { aloneAfter, deadAfter, oneChance } from '../../apps/server/src/wecom-callback/unreturned.ts';
import type { CallbackEvent } from '../../packages/wecom/src/index.ts';
import { keyOf, type ListedFollow } from './wecom-model.ts';

export type InboxRow = {
  hash: string;
  event: CallbackEvent;
  lane: string;
  urgent: boolean;
  receivedAt: number;
  status: 'waiting' | 'applied' | 'dead';
  attempts: number;
  fence: number;
  unreturned: number;
  nextAttemptAt: number;
  /** Whoever applies it dies of it. */
  deadly: boolean;
};
export type FollowRow = {
  staff: string;
  customer: string;
  followedAt: number;
  endedAt: number | null;
  endedBy: 'staff' | 'customer' | 'transfer' | null;
  tags: string[];
  pending: string[];
  syncedAt: number;
};
export type OutboxRow = {
  id: number;
  staff: string;
  customer: string;
  add: string[];
  remove: string[];
  status: 'waiting' | 'done' | 'refused' | 'unsure';
  attempts: number;
  fence: number;
  maybeDone: boolean;
  nextAttemptAt: number;
};
export type Run = {
  id: number;
  startedAt: number;
  phase: 'customers' | 'missing' | 'done';
  position: { pendingStaff: string[]; batch: string[]; cursor: string };
};
export type Taken<Row> = { row: Row; fence: number; attempts: number };

const before = (a: InboxRow, b: InboxRow) => a.receivedAt < b.receivedAt || (a.receivedAt === b.receivedAt && a.hash < b.hash);

const stillOurs = <Row extends { status: string; fence: number }>({ row, fence }: Taken<Row>) =>
  row.status === 'waiting' && row.fence === fence;

function take<Row extends { attempts: number; fence: number; nextAttemptAt: number }>(rows: Row[], now: number): Taken<Row>[] {
  return rows.map((row) => {
    row.attempts += 1;
    row.fence += 1;
    row.nextAttemptAt = now + claimMs;
    return { row, fence: row.fence, attempts: row.attempts };
  });
}

/** `onChange`: told who changes a row that they had taken. */
export function createStore(onChange: (taken: Taken<InboxRow | OutboxRow>) => void) {
  const inbox = new Map<string, InboxRow>();
  const follows = new Map<string, FollowRow>();
  const outcomes = new Set<string>();
  const bars = new Map<string, number>();
  const outbox: OutboxRow[] = [];
  const runs: Run[] = [];
  const lease = { fence: 0, heldUntil: 0 };

  function record(customer: string, id: string): void {
    if (outcomes.has(id)) return;
    outcomes.add(id);
    bars.set(customer, (bars.get(customer) ?? 0) + 1);
  }

  function storeCustomer(customer: string, listed: readonly ListedFollow[], asOf: number): void {
    for (const { staffUserId: staff, followedAt: at, tagIds } of listed) {
      const followedAt = at.getTime();
      const key = keyOf(staff, customer);
      const known = follows.get(key);
      if (known === undefined)
        follows.set(key, { staff, customer, followedAt, endedAt: null, endedBy: null, tags: [...tagIds], pending: [], syncedAt: asOf });
      else if (known.syncedAt <= asOf) {
        const stillEnded = known.endedBy === 'customer' && followedAt <= (known.endedAt ?? 0);
        const ours = known.tags.filter((tag) => known.pending.includes(tag));
        const tags = [...tagIds.filter((tag) => !known.pending.includes(tag)), ...ours];
        const end = stillEnded ? {} : { endedAt: null, endedBy: null };
        follows.set(key, { ...known, followedAt, tags, syncedAt: asOf, ...end });
      }
      record(customer, `followed/${key}/${followedAt}`);
    }
  }

  function endFollow(end: {
    staff: string;
    customer: string;
    at: number;
    by: 'staff' | 'customer' | 'transfer';
    now: number;
    unlessSeenAfter?: number;
  }): boolean {
    const key = keyOf(end.staff, end.customer);
    const known = follows.get(key);
    const alive =
      known !== undefined &&
      known.endedAt === null &&
      (end.unlessSeenAfter === undefined ? known.followedAt <= end.at : known.syncedAt <= end.unlessSeenAfter);
    if (alive) follows.set(key, { ...known, endedAt: end.at, endedBy: end.by, syncedAt: end.now });
    if (end.by === 'customer') unfollow(end);
    return alive;
  }

  function unfollow({ staff, customer, at }: { staff: string; customer: string; at: number }): void {
    if (follows.has(keyOf(staff, customer))) record(customer, `unfollowed/${keyOf(staff, customer)}/${at}`);
  }

  const stillOwed = (write: OutboxRow) => [
    ...new Set(
      outbox
        .filter((one) => one.status === 'waiting' && one.customer === write.customer && one.staff === write.staff)
        .flatMap(({ add, remove }) => [...add, ...remove]),
    ),
  ];

  function firstsOfLanes(now: number): InboxRow[] {
    const waiting = [...inbox.values()].filter((row) => row.status === 'waiting');
    return waiting
      .filter(
        (row) =>
          row.nextAttemptAt <= now &&
          !waiting.some((other) => other.lane === row.lane && (other.urgent || !row.urgent) && before(other, row)),
      )
      .toSorted((a, b) => Number(b.urgent) - Number(a.urgent) || (before(a, b) ? -1 : 1));
  }

  function waitingBehind(row: InboxRow, now: number): InboxRow[] {
    const rows = [...inbox.values()]
      .filter((other) => other.lane === row.lane && other.status === 'waiting' && before(row, other))
      .toSorted((a, b) => (before(a, b) ? -1 : 1));
    const notDue = rows.findIndex((other) => other.nextAttemptAt > now);
    return notDue === -1 ? rows : rows.slice(0, notDue);
  }

  function takeFromInbox(rows: InboxRow[], now: number): Taken<InboxRow>[] {
    for (const row of rows) row.unreturned += 1;
    return take(rows, now);
  }

  return {
    inbox,
    follows,
    outcomes,
    bars,
    outbox,
    runs,
    lease,
    storeCustomer,
    endFollow,
    unfollow,

    keepCallback(hash: string, event: CallbackEvent, deadly: boolean, now: number): void {
      if (inbox.has(hash)) return;
      const fresh = { status: 'waiting' as const, attempts: 0, fence: 0, unreturned: 0, deadly };
      const common = { ...fresh, nextAttemptAt: now + waitBeforeApplyingMs(event) };
      inbox.set(hash, { hash, event, lane: laneOf(event, hash), urgent: isUrgent(event), receivedAt: now, ...common });
    },

    takeCallbacks(lanes: number, now: number): { head: Taken<InboxRow>; behind: InboxRow[] }[] {
      const due = firstsOfLanes(now).filter((row) => row.unreturned < aloneAfter);
      return takeFromInbox(due.slice(0, lanes), now).map((head) => ({ head, behind: waitingBehind(head.row, now) }));
    },

    takeSuspect(now: number): Taken<InboxRow> | null {
      const due = firstsOfLanes(now).filter((row) => row.unreturned >= aloneAfter);
      const [taken] = takeFromInbox(due.slice(0, 1), now);
      if (taken === undefined) return null;
      for (const row of inbox.values())
        if (row.lane === taken.row.lane && row.status === 'waiting' && row.receivedAt < now - claimMs)
          row.unreturned = Math.max(row.unreturned, aloneAfter);
      return taken;
    },

    giveUpUnreturned(now: number): void {
      for (const dead of inbox.values()) {
        if (dead.status !== 'waiting' || dead.nextAttemptAt > now || dead.unreturned < deadAfter) continue;
        dead.status = 'dead';
        for (const row of inbox.values())
          if (row.lane === dead.lane && row.status === 'waiting') row.unreturned = Math.max(row.unreturned, oneChance);
      }
    },

    settleCallbacks(head: Taken<InboxRow>, behind: InboxRow[], status: 'applied' | 'dead'): void {
      if (!stillOurs(head)) return;
      onChange(head);
      head.row.status = status;
      for (const row of behind) if (row.status === 'waiting') row.status = status;
    },

    retryCallback(taken: Taken<InboxRow>, inMs: number, now: number): void {
      if (!stillOurs(taken)) return;
      onChange(taken);
      taken.row.nextAttemptAt = now + inMs;
      taken.row.unreturned = Math.max(taken.row.unreturned - 1, 0);
    },

    /** The tag route: our store, the pending mark and the debt, in one transaction. */
    changeTag(staff: string, customer: string, tag: string, now: number): void {
      const known = follows.get(keyOf(staff, customer));
      if (known === undefined || known.endedAt !== null) return;
      const has = known.tags.includes(tag);
      const tags = has ? known.tags.filter((other) => other !== tag) : [...known.tags, tag];
      follows.set(keyOf(staff, customer), { ...known, tags, pending: [...new Set([...known.pending, tag])] });
      const common = { status: 'waiting' as const, attempts: 0, fence: 0, maybeDone: false, nextAttemptAt: now };
      outbox.push({ id: outbox.length, staff, customer, add: has ? [] : [tag], remove: has ? [tag] : [], ...common });
    },

    takeWrites(limit: number, now: number): (Taken<OutboxRow> & { maybeDone: boolean })[] {
      const due = outbox.filter(
        (row) =>
          row.status === 'waiting' &&
          row.nextAttemptAt <= now &&
          !outbox.some(
            (other) => other.status === 'waiting' && other.staff === row.staff && other.customer === row.customer && other.id < row.id,
          ),
      );
      const chosen = due.toSorted((a, b) => a.nextAttemptAt - b.nextAttemptAt).slice(0, limit);
      const maybe = chosen.map((row) => row.maybeDone);
      for (const row of chosen) row.maybeDone = true;
      return take(chosen, now).map((taken, n) => ({ ...taken, maybeDone: maybe[n] ?? true }));
    },

    putOff(write: Taken<OutboxRow>, inMs: number, maybeDone: boolean, now: number): void {
      if (!stillOurs(write)) return;
      onChange(write);
      write.row.nextAttemptAt = now + inMs;
      write.row.maybeDone = maybeDone;
    },

    settleWrite(write: Taken<OutboxRow>, status: 'done' | 'refused' | 'unsure', now: number): void {
      if (!stillOurs(write)) return;
      onChange(write);
      const { row } = write;
      row.status = status;
      const key = keyOf(row.staff, row.customer);
      const known = follows.get(key);
      if (known === undefined) return;
      const pending = stillOwed(row);
      const reverted = known.tags.filter((tag) => !row.add.includes(tag) || pending.includes(tag));
      const back = row.remove.filter((tag) => !pending.includes(tag));
      const tags = status === 'refused' ? [...new Set([...reverted, ...back])] : known.tags;
      const syncedAt = status === 'done' ? Math.max(known.syncedAt, now) : known.syncedAt;
      follows.set(key, { ...known, tags, pending, syncedAt });
    },

    takeLease(forMs: number, now: number): number | null {
      if (lease.heldUntil > now) return null;
      lease.fence += 1;
      lease.heldUntil = now + forMs;
      return lease.fence;
    },
    renewLease(fence: number, forMs: number, now: number): boolean {
      if (lease.fence !== fence) return false;
      lease.heldUntil = now + forMs;
      return true;
    },
    releaseLease(fence: number, now: number): void {
      if (lease.fence === fence) lease.heldUntil = now;
    },

    /** False when the run has been moved meanwhile. */
    advanceRun(run: Run, to: Partial<Run>): boolean {
      const stored = runs.find(({ id }) => id === run.id);
      if (stored === undefined || stored.phase !== run.phase || JSON.stringify(stored.position) !== JSON.stringify(run.position))
        return false;
      Object.assign(stored, to);
      return true;
    },
    unfinishedRun: (): Run | null => {
      const run = runs.find(({ phase }) => phase !== 'done');
      return run ? { ...run, position: { ...run.position } } : null;
    },
    notSeenSince(since: number, after: string, limit: number): string[] {
      const inDoubt = [...follows.values()].filter((row) => row.endedAt === null && row.syncedAt < since && row.customer > after);
      return [...new Set(inDoubt.map(({ customer }) => customer))].toSorted().slice(0, limit);
    },
  };
}

export type Store = ReturnType<typeof createStore>;
