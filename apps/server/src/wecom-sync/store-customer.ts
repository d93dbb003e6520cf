import { createHash } from 'node:crypto';
import type * as wecom from '@nextline/wecom';
import { dayOf } from '../corp-time.ts';
import { withoutForgotten } from '../customers/forgotten.ts';
import { engagementWeights } from '../customers/touch-summary.ts';
import type { Queryable } from '../database.ts';
import { homeOrphanedTasks } from '../tasks/home-orphaned-tasks.ts';
import {
  beginAnew,
  countEngagements,
  endFollow,
  type Engagement,
  type EndOfFollow,
  type FollowRow,
  hasFollow,
  lockSummaries,
  type OutcomeRow,
  readBeginnings,
  recordOutcomes,
  relationKey,
  reviveFollow,
  timeZoneOfCorp,
  upsertCustomers,
  upsertFollows,
} from './customer-mirror.store.ts';
import { isAssigned } from './relation-unlisted.ts';

/** What WeCom answered about some customers, and when it was asked. */
export type CustomersAnswer = { corpId: string; asOf: Date; customers: readonly wecom.CustomerWithFollows[] };

/** A pulse shows 28 days; an older bar would only make the row larger. */
const drawnMs = 28 * 86_400_000;

/** The same event has the same id wherever and however often it is told: by a callback, by its repeat, by a sync. */
function outcomeId(kind: 'followed' | 'unfollowed', externalUserId: string, staffUserId: string, at: Date): string {
  const hash = createHash('sha256')
    .update([kind, externalUserId, staffUserId, Math.floor(at.getTime() / 1000)].join('\n'))
    .digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}

function followRow(externalUserId: string, follow: wecom.Follow, followedAt: Date): FollowRow {
  const { staffUserId, remark, description, mobiles, tagIds, addWay, state } = follow;
  return { externalUserId, staffUserId, remark, description, mobiles, tagIds, addWay, state, followedAt };
}

/** What these outcomes come to for each customer. */
function engagementsOf(outcomes: OutcomeRow[], asOf: Date, timeZone: string): Engagement[] {
  return [...Map.groupBy(outcomes, (outcome) => outcome.externalUserId)].map(([externalUserId, theirs]) => {
    const days: Engagement['days'] = {};
    for (const { kind, occurredAt } of theirs) {
      const day = dayOf(occurredAt, timeZone);
      if (asOf.getTime() - occurredAt.getTime() < drawnMs) days[day] = (days[day] ?? 0) + engagementWeights[kind];
    }
    return { externalUserId, lastAt: new Date(Math.max(...theirs.map((outcome) => outcome.occurredAt.getTime()))), days };
  });
}

/** Answers those that were news. */
async function record(tx: Queryable, corpId: string, asOf: Date, rows: OutcomeRow[]): Promise<OutcomeRow[]> {
  const fresh = await recordOutcomes(tx, corpId, rows);
  const engaged = fresh.filter((outcome) => engagementWeights[outcome.kind] > 0);
  if (engaged.length === 0) return fresh;
  await countEngagements(tx, engagementsOf(engaged, asOf, await timeZoneOfCorp(tx)));
  return fresh;
}

/**
 * Stores what WeCom answered: customers, relations, and for a relation that is new to us that she followed; of one that an administrator has assigned she
 * did nothing, and is no livelier for it. Storing the same answer twice, or an older answer after a newer one, changes nothing. Ends no relation: not being
 * in an answer is no proof of an end. `newRelations`: how many began of which we did not know.
 */
export async function storeCustomers(tx: Queryable, answer: CustomersAnswer): Promise<{ newRelations: number }> {
  const { corpId, asOf } = answer;
  const ids = [...new Set(answer.customers.map(({ customer }) => customer.externalUserId))].toSorted();
  await lockSummaries(tx, corpId, ids);
  const known = await withoutForgotten(tx, corpId, answer.customers);
  const byId = new Map(known.map(({ customer }) => [customer.externalUserId, customer]));
  await upsertCustomers(
    tx,
    corpId,
    [...byId.values()]
      .toSorted((a, b) => (a.externalUserId < b.externalUserId ? -1 : 1))
      .map(({ externalUserId, name, avatarUrl, type, gender, unionId, corpName }) => ({
        externalUserId,
        name,
        avatarUrl,
        type,
        gender,
        unionId,
        corpName,
      })),
    asOf,
  );
  const inQuestion = known.filter(({ follows: theirs }) => theirs.some((follow) => follow.followedAt === null || isAssigned(follow)));
  const beginnings = await readBeginnings(
    tx,
    inQuestion.map(({ customer }) => customer.externalUserId),
  );
  const follows = new Map<string, FollowRow>();
  for (const { customer, follows: theirs } of known)
    for (const follow of theirs) {
      const { externalUserId } = customer;
      const key = relationKey({ externalUserId, staffUserId: follow.staffUserId });
      // Where WeCom leaves it out, it began when we first heard of it, and not anew with each answer.
      follows.set(key, followRow(externalUserId, follow, follow.followedAt ?? beginnings.get(key) ?? asOf));
    }
  const rows = [...follows.values()].toSorted((a, b) => (a.externalUserId < b.externalUserId ? -1 : 1));
  await upsertFollows(tx, corpId, rows, asOf);
  const [assigned, hers] = [rows.filter(isAssigned), rows.filter((row) => !isAssigned(row))];
  const taken = assigned.filter((row) => (beginnings.get(relationKey(row))?.getTime() ?? 0) < row.followedAt.getTime());
  const followed = await record(
    tx,
    corpId,
    asOf,
    hers.map(({ externalUserId, staffUserId, followedAt }) => ({
      externalUserId,
      outcomeId: outcomeId('followed', externalUserId, staffUserId, followedAt),
      kind: 'followed',
      staffUserId,
      occurredAt: followedAt,
    })),
  );
  const begun = [...followed, ...taken];
  // Whoever takes a customer over takes what was planned for her.
  await homeOrphanedTasks(tx, { externalUserIds: [...new Set(begun.map(({ externalUserId }) => externalUserId))] });
  return { newRelations: begun.length };
}

/**
 * A relation is over. That the customer ended it is something she did; that we did is not. True if it was alive until now. What she did is
 * recorded also when the relation has begun anew since: the news of the end may come late.
 */
export async function storeEndOfFollow(tx: Queryable, end: { corpId: string } & EndOfFollow): Promise<boolean> {
  const { corpId, externalUserId, staffUserId, at, by, now } = end;
  await lockSummaries(tx, corpId, [externalUserId]);
  const wasAlive = await endFollow(tx, end);
  if (wasAlive && by === 'transfer') await homeOrphanedTasks(tx, { externalUserIds: [externalUserId] });
  if (by === 'customer') await storeUnfollow(tx, { corpId, externalUserId, staffUserId, at, now });
  return wasAlive;
}

/** WeCom tells a beginning within seconds of it. */
const toldWithinMs = 60_000;

/**
 * WeCom said that she added the guide at `at`, and lists her since `listedSince`. After an end of hers that would prove nothing, since she was listed all
 * along and with the old beginning; that she came back after it does. The end may be told after the return: so where the beginnings differ, the return is
 * the beginning.
 */
export async function storeReturn(
  tx: Queryable,
  back: { corpId: string; externalUserId: string; staffUserId: string; at: Date; listedSince: Date | null; now: Date },
): Promise<void> {
  const { corpId, externalUserId, staffUserId, at, listedSince, now } = back;
  const revived = await reviveFollow(tx, back);
  if (listedSince !== null && at.getTime() - listedSince.getTime() > toldWithinMs) await beginAnew(tx, back);
  if (!revived) return;
  const kind = 'followed';
  await record(tx, corpId, now, [
    { externalUserId, outcomeId: outcomeId(kind, externalUserId, staffUserId, at), kind, staffUserId, occurredAt: at },
  ]);
}

/** She deleted the guide: an outcome, told once however often it is heard. */
export async function storeUnfollow(
  tx: Queryable,
  { corpId, externalUserId, staffUserId, at, now }: { corpId: string; externalUserId: string; staffUserId: string; at: Date; now: Date },
): Promise<void> {
  if (!(await hasFollow(tx, { externalUserId, staffUserId }))) return;
  await record(tx, corpId, now, [
    {
      externalUserId,
      outcomeId: outcomeId('unfollowed', externalUserId, staffUserId, at),
      kind: 'unfollowed',
      staffUserId,
      occurredAt: at,
    },
  ]);
}
