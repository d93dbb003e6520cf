import { createHash } from 'node:crypto';
import type { CustomerWithFollows } from '@nextline/wecom';
import type { Queryable } from '../database.ts';
import { dropSummaries, insertForgotten, readForgotten } from './forgotten.store.ts';

const hashOf = (corpId: string, externalUserId: string) => createHash('sha256').update(`${corpId}\n${externalUserId}`).digest('hex');

/** Remembers, by a hash, that this customer's data were deleted. */
export const rememberForgotten = (tx: Queryable, corpId: string, externalUserId: string, at: Date): Promise<void> =>
  insertForgotten(tx, corpId, hashOf(corpId, externalUserId), at);

/**
 * What WeCom says about customers, without those whose data were deleted here; a relation that began after the deletion is a new one and comes with her. Call it with
 * their summaries locked: a deletion takes that lock, too.
 */
export async function withoutForgotten(
  tx: Queryable,
  corpId: string,
  customers: readonly CustomerWithFollows[],
): Promise<readonly CustomerWithFollows[]> {
  const hashes = new Map(customers.map(({ customer }) => [customer.externalUserId, hashOf(corpId, customer.externalUserId)]));
  const forgotten = await readForgotten(tx, [...hashes.values()]);
  if (forgotten.size === 0) return customers;
  const gone: string[] = [];
  const kept = customers.flatMap((one) => {
    const { externalUserId } = one.customer;
    const at = forgotten.get(hashes.get(externalUserId) ?? '');
    if (at === undefined) return [one];
    const follows = one.follows.filter((follow) => follow.followedAt !== null && follow.followedAt > at);
    if (follows.length === 0) gone.push(externalUserId);
    return follows.length === 0 ? [] : [{ ...one, follows }];
  });
  if (gone.length > 0) await dropSummaries(tx, gone);
  return kept;
}
