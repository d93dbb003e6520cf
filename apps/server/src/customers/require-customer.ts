import { AppError } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { findOrLookAgain } from './look-again.ts';
import { findRelation, type Relation } from './relation.store.ts';

export const notYourCustomer = () =>
  new AppError({
    code: 'customer.not_followed',
    status: 403,
    sentence: {
      'zh-CN': '你现在不是这位客户的联系人，只能看，不能改。',
      en: 'You do not follow this customer any more: you can look, but not change.',
    },
  });

/** Whoever may not see the customer gets the same 404 as for an id that does not exist. */
export function requireCustomer(deps: Deps, who: Principal, externalUserId: string): Promise<Relation> {
  return findOrLookAgain(deps, who, externalUserId, () => findRelation(deps.db, deps.config.wecom.corpId, externalUserId, who));
}

/** For what whoever answers for her may change, her contact or the manager: stage, opt-out, notes. Whoever was her contact once can only look. */
export async function requireChangeable(deps: Deps, who: Principal, externalUserId: string): Promise<void> {
  const { own } = await requireCustomer(deps, who, externalUserId);
  if (own === 'ended') throw notYourCustomer();
}

/** For what only her own contact may do: tag, send. */
export async function requireOwnCustomer(deps: Deps, who: Principal, externalUserId: string): Promise<void> {
  const { own } = await requireCustomer(deps, who, externalUserId);
  if (own !== 'alive') throw notYourCustomer();
}
