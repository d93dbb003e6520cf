import { type CustomerWithFollows, WeComError } from '@nextline/wecom';
import { wecomUnavailable } from '../errors.ts';
import type { Deps } from '../feature.ts';
import { within } from '../within.ts';
import { storeCustomers } from './store-customer.ts';

/** A person is waiting for the panel; WeCom usually answers in a tenth of this. */
const patienceMs = 3_000;

/** WeCom names nobody by this id, or nobody whom the app may see. */
const unknownIds = new Set([40096, 84061, 41035]);

async function ask(deps: Pick<Deps, 'wecom'>, externalUserId: string): Promise<CustomerWithFollows | null> {
  try {
    return await deps.wecom.customer(externalUserId);
  } catch (error) {
    if (error instanceof WeComError && error.errcode !== null && unknownIds.has(error.errcode)) return null;
    if (error instanceof WeComError && error.kind === 'caller') return null;
    throw error;
  }
}

/**
 * For a customer who is not in the store yet: asks WeCom once and stores the answer. `unknown`: WeCom has no such customer for us.
 * `answeredAt`: by the stopwatch, before anything was stored. Throws `wecom.unavailable` when WeCom cannot say within 3 s.
 */
export async function resolveCustomer(
  deps: Pick<Deps, 'db' | 'wecom' | 'clock' | 'config'>,
  externalUserId: string,
): Promise<{ found: 'stored' | 'unknown'; answeredAt: number }> {
  const asOf = deps.clock.now();
  const answer = await within(patienceMs, ask(deps, externalUserId), wecomUnavailable);
  const answeredAt = performance.now();
  if (answer === null) return { found: 'unknown', answeredAt };
  await deps.db.transaction((tx) => storeCustomers(tx, { corpId: deps.config.wecom.corpId, asOf, customers: [answer] }));
  return { found: 'stored', answeredAt };
}
