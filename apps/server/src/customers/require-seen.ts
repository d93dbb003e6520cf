import { AppError } from '../errors.ts';
import type { Deps } from '../feature.ts';
import { customerScope, type Seer } from './customer-scope.ts';
import { isSeen } from './customer-detail.store.ts';
import type { CustomerScope } from './filter-conditions.ts';

/** The same words for another store's, another corp's and a made-up customer. */
export const customerNotSeen = () =>
  new AppError({
    code: 'customer.not_found',
    status: 404,
    sentence: {
      'zh-CN': '没有这位客户，或者不在你能看的门店里。',
      en: 'There is no such customer, or she is not in a store that you may see.',
    },
  });

/** Whoever may not see this customer in the console gets the same 404 as for an id that does not exist. Answers the scope. */
export async function requireSeen(deps: Pick<Deps, 'db' | 'clock'>, who: Seer, externalUserId: string): Promise<CustomerScope> {
  const scope = await customerScope(deps, who);
  if (!(await isSeen(deps.db, externalUserId, scope))) throw customerNotSeen();
  return scope;
}
