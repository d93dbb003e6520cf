import type { Deps, Principal } from '../feature.ts';
import { findOrLookAgain } from './look-again.ts';
import { readPanel } from './panel.store.ts';
import { scriptValues } from './script-values.ts';

export type CustomerForSend = {
  /** False when this staff member is not, or no longer, the customer's contact. */
  active: boolean;
  /** Values for script variables: the same that the panel showed. */
  values: Record<string, string>;
};

/** What a send must know of the customer, or `customer.not_found`. */
export async function customerForSend(deps: Deps, who: Principal, externalUserId: string): Promise<CustomerForSend> {
  const row = await findOrLookAgain(deps, who, externalUserId, () => readPanel(deps.db, deps.config.wecom.corpId, externalUserId, who));
  return {
    active: row.staff_user_id === who.staffUserId && row.ended_at === null,
    values: scriptValues({
      remark: row.remark,
      nickname: row.name,
      guideName: who.name,
      storeName: row.own_store_name,
      lastOrderItem: row.last_order?.item ?? null,
      customFields: row.custom_fields,
    }),
  };
}
