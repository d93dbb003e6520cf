import { aloneAfter, deadAfter } from '../../apps/server/src/wecom-callback/unreturned.ts';
import type { InboxRow, OutboxRow, Store, Taken } from './store-model.ts';
import { type Line, modelBudget } from './wecom-call.ts';
import { keyOf, type News, type WeComModel } from './wecom-model.ts';

/** Something that must always hold did not. */
export class Violated extends Error {
  override readonly name = 'Violated';
}

type Claim = { row: InboxRow; fence: number; until: number };

const isCurrent = ({ row, fence, until }: Claim, now: number) =>
  row.status === 'waiting' && row.fence === fence && row.nextAttemptAt === until && until > now;

const violated = (step: number, sentence: string) => new Violated(`step ${step}: ${sentence}`);

/** All that must hold after every step, and what must hold when everything has come to rest. */
export function createInvariants({ store, wecom, line }: { store: Store; wecom: WeComModel; line: Line }) {
  const kept = new Set<string>();
  const settled = new Map<string, string>();
  let claims: Claim[] = [];
  const lost = new Map<string, number>();
  const marks = new Map<string, number>();
  const executed = new Map<number, number>();
  const neverTold = new Set<string>();
  const seen = new Map<string, number>();
  let highestHeld = 0;

  let problem: string | null = null;
  const notice = (sentence: string): void => void (problem ??= sentence);

  /** Counted here once more: how many takes of an event nobody has come back from before it was taken again. */
  const inHand = new Map<string, number>();
  function counts({ row, fence }: Taken<InboxRow>): number {
    const unreturned = (lost.get(row.hash) ?? 0) + (inHand.has(row.hash) ? 1 : 0);
    lost.set(row.hash, unreturned);
    inHand.set(row.hash, fence);
    return unreturned;
  }

  function claim(taken: Taken<InboxRow>): void {
    claims = claims.filter((one) => isCurrent(one, line.now()));
    const { lane, urgent } = taken.row;
    if (claims.some(({ row }) => row.lane === lane && row.urgent === urgent)) notice(`two workers have lane ${lane} in hand`);
    claims.push({ row: taken.row, fence: taken.fence, until: taken.row.nextAttemptAt });
  }

  return {
    violated,
    acknowledged: (hash: string) => void kept.add(hash),
    lost: ({ kind, staff, customer, occurredAt }: News) => void neverTold.add(`${kind}/${keyOf(staff, customer)}/${occurredAt}`),

    /** Of a lane one worker at a time has an event in hand, and beside it at most the one with the welcome code. */
    claimed(taken: Taken<InboxRow>): void {
      if (counts(taken) >= aloneAfter) notice(`${taken.row.hash} was lost ${lost.get(taken.row.hash)} times and is worked beside others`);
      claim(taken);
    },

    /** One that processes did not come back from has the process that works it for itself, and not for ever. */
    claimedAlone(taken: Taken<InboxRow>, besides: number): void {
      if (besides > 0) notice(`${taken.row.hash} is worked beside ${besides} others`);
      if (counts(taken) >= deadAfter) notice(`${taken.row.hash} was lost ${lost.get(taken.row.hash)} times and is taken again`);
      claim(taken);
    },

    /** Whoever slept while another took the row changes nothing any more. */
    changes({ row, fence }: Taken<InboxRow | OutboxRow>): void {
      if ('hash' in row) inHand.delete(row.hash);
      if (fence !== row.fence) notice(`claim ${fence} changed a row that claim ${row.fence} had taken`);
    },

    /** Leases are handed on, never back. */
    holds(fence: number): void {
      if (fence <= highestHeld) notice(`lease ${fence} was handed out after ${highestHeld}`);
      highestHeld = fence;
    },

    advances(held: number): void {
      if (held !== store.lease.fence) notice(`lease ${held} moved a run while lease ${store.lease.fence} was out`);
    },

    /** A change of tags reached WeCom: after all older ones of its relation, and not a second time while nobody else has touched these tags. */
    marked(write: OutboxRow): void {
      const key = keyOf(write.staff, write.customer);
      if ((marks.get(key) ?? -1) > write.id) notice(`write ${write.id} of ${key} reached WeCom after a later one`);
      marks.set(key, Math.max(marks.get(key) ?? -1, write.id));
      const before = executed.get(write.id);
      const editedAt = wecom.relations.get(key)?.editedAt ?? Infinity;
      if (before !== undefined && editedAt < before) notice(`write ${write.id} of ${key} was carried out twice`);
      executed.set(write.id, line.now());
    },

    /** Events and writes that have not come to their end. */
    unsettled: () =>
      [...store.inbox.values()].filter(({ status }) => status === 'waiting').length +
      store.outbox.filter(({ status }) => status === 'waiting').length,

    check(step: number): void {
      if (problem !== null) throw violated(step, problem);
      for (const hash of kept) if (!store.inbox.has(hash)) throw violated(step, `${hash} was acknowledged and is gone`);
      for (const { hash, status } of store.inbox.values()) {
        const before = settled.get(hash);
        if (before !== undefined && before !== status) throw violated(step, `${hash} was ${before} and is ${status}`);
        if (status !== 'waiting') settled.set(hash, status);
      }
      const counted = new Map<string, number>();
      for (const id of store.outcomes) {
        const [kind, staff, customer = '', at] = id.split('/');
        const what = `${staff}/${customer}/${at}`;
        const real = kind === 'followed' ? wecom.history.begun.has(what) : wecom.history.endedByCustomer.has(what);
        if (!real) throw violated(step, `${id} was recorded and never happened`);
        counted.set(customer, (counted.get(customer) ?? 0) + 1);
      }
      for (const [customer, bars] of store.bars)
        if (bars !== counted.get(customer)) throw violated(step, `${customer} has ${bars} bars for ${counted.get(customer)} outcomes`);
      for (const follow of store.follows.values()) {
        const key = keyOf(follow.staff, follow.customer);
        if (follow.endedBy === 'customer' && !wecom.history.endedByCustomer.has(`${key}/${follow.endedAt}`))
          throw violated(step, `${key} ended by her at a moment when she did not`);
        if (follow.syncedAt < (seen.get(key) ?? 0)) throw violated(step, `${key} was overwritten by what WeCom said earlier`);
        seen.set(key, follow.syncedAt);
        if (follow.endedBy === 'staff' && (wecom.history.endedByStaff.get(key) ?? 0) < follow.followedAt)
          throw violated(step, `${key} was ended, and WeCom never said so`);
        if (follow.endedBy === 'transfer') throw violated(step, `${key} was transferred, and nobody transfers here`);
      }
      for (const [api, times] of line.sent) {
        const inAMinute = times.filter((at) => at > line.now() - 60_000).length;
        if (inAMinute > modelBudget.perMinute)
          throw violated(step, `${inAMinute} calls of ${api} in a minute, ${modelBudget.perMinute} are allowed`);
      }
    },

    /** At rest and reconciled, our store is what WeCom says; what she did and nobody told us about is all that may be missing. */
    compare(step: number): void {
      for (const { hash, status, deadly } of store.inbox.values()) {
        if (status !== (deadly ? 'dead' : 'applied')) throw violated(step, `${hash} ended as ${status}`);
        if (deadly) neverTold.add(hash);
      }
      for (const relation of wecom.relations.values()) {
        const { staff, customer, followedAt, endedBy } = relation;
        const key = keyOf(staff, customer);
        const follow = store.follows.get(key);
        if (endedBy === 'staff') {
          if (follow && follow.endedAt === null) throw violated(step, `${key} is over at WeCom and alive here`);
          continue;
        }
        if (follow === undefined) throw violated(step, `${key} is not in our store`);
        if (follow.followedAt !== followedAt)
          throw violated(step, `${key} began ${new Date(followedAt).toISOString()}, here ${new Date(follow.followedAt).toISOString()}`);
        if (endedBy === null && follow.endedAt !== null)
          throw violated(step, `${key} is alive at WeCom and ended here by ${follow.endedBy}`);
        const told = [...wecom.history.endedByCustomer].some(
          (end) => end.startsWith(`${key}/`) && Number(end.split('/')[2]) >= followedAt && !neverTold.has(`removedByCustomer/${end}`),
        );
        if (endedBy === 'customer' && told && follow.endedBy !== 'customer')
          throw violated(step, `she has ended ${key}, and here it is alive`);
        const [here, there] = [follow.tags.toSorted().join(), [...relation.tags].toSorted().join()];
        if (follow.pending.length > 0) throw violated(step, `${key} still has pending tags ${follow.pending.join()}`);
        if (here !== there) throw violated(step, `${key} has tags ${there} at WeCom and ${here} here`);
      }
      for (const key of store.follows.keys())
        if (!wecom.relations.has(key)) throw violated(step, `${key} is in our store and not at WeCom`);
    },
  };
}
