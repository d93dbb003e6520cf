import { createHash } from 'node:crypto';
import type * as wecom from '@nextline/wecom';
import { dayOf } from '../corp-time.ts';
import { engagementWeights } from '../customers/touch-summary.ts';
import type { Queryable } from '../database.ts';
import {
  countEngagement,
  endFollow,
  type FollowRow,
  lockSummaries,
  type OutcomeRow,
  recordOutcomes,
  timeZoneOfCorp,
  upsertCustomers,
  upsertFollows,
} from './customer-mirror.store.ts';

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

function followRow(externalUserId: string, follow: wecom.Follow, asOf: Date): FollowRow {
  const { staffUserId, remark, description, mobiles, tagIds, addWay, state } = follow;
  return { externalUserId, staffUserId, remark, description, mobiles, tagIds, addWay, state, followedAt: follow.followedAt ?? asOf };
}

async function record(tx: Queryable, corpId: string, asOf: Date, rows: OutcomeRow[]): Promise<void> {
  const fresh = await recordOutcomes(tx, corpId, rows);
  const engaged = fresh.filter((outcome) => engagementWeights[outcome.kind] > 0);
  if (engaged.length === 0) return;
  const timeZone = await timeZoneOfCorp(tx);
  for (const { externalUserId, occurredAt: at, kind } of engaged)
    await countEngagement(tx, {
      externalUserId,
      at,
      day: dayOf(at, timeZone),
      weight: engagementWeights[kind],
      drawn: asOf.getTime() - at.getTime() < drawnMs,
    });
}

/**
 * Stores what WeCom answered: customers, relations, and for a relation that is new to us that she followed. Storing the same answer twice,
 * or an older answer after a newer one, changes nothing. Ends no relation: not being in an answer is no proof of an end.
 */
export async function storeCustomers(tx: Queryable, answer: CustomersAnswer): Promise<void> {
  const { corpId, asOf } = answer;
  const byId = new Map(answer.customers.map(({ customer }) => [customer.externalUserId, customer]));
  const ids = [...byId.keys()].toSorted();
  await lockSummaries(tx, corpId, ids);
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
  const follows = new Map<string, FollowRow>();
  for (const { customer, follows: theirs } of answer.customers)
    for (const follow of theirs)
      follows.set(`${customer.externalUserId}\n${follow.staffUserId}`, followRow(customer.externalUserId, follow, asOf));
  const rows = [...follows.values()].toSorted((a, b) => (a.externalUserId < b.externalUserId ? -1 : 1));
  await upsertFollows(tx, corpId, rows, asOf);
  await record(
    tx,
    corpId,
    asOf,
    rows.map(({ externalUserId, staffUserId, followedAt }) => ({
      externalUserId,
      outcomeId: outcomeId('followed', externalUserId, staffUserId, followedAt),
      kind: 'followed',
      staffUserId,
      occurredAt: followedAt,
    })),
  );
}

/** A relation is over. That the customer ended it is something she did; that we did is not. */
export async function storeEndOfFollow(
  tx: Queryable,
  end: { corpId: string; externalUserId: string; staffUserId: string; at: Date; by: 'staff' | 'customer' | 'transfer'; now: Date },
): Promise<void> {
  const { corpId, externalUserId, staffUserId, at, by, now } = end;
  await lockSummaries(tx, corpId, [externalUserId]);
  const wasAlive = await endFollow(tx, { externalUserId, staffUserId, at, by, now });
  if (!wasAlive || by !== 'customer') return;
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
