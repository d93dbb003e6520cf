import type { CustomerDetail, Language } from '@nextline/contract';
import { noteView } from '../audit/note-views.ts';
import type { Deps, Principal } from '../feature.ts';
import { may } from '../identity/permissions.ts';
import { readDetail } from './customer-detail.store.ts';
import { maskMobile } from './mask-mobile.ts';
import { customerNotSeen, requireSeen } from './require-seen.ts';
import { sourceLabel } from './source-label.ts';
import { staffDirectory } from './staff-directory.ts';
import { typedToDelete } from './typed-name.ts';

const shownRows = 50;
const utc = (at: string) => new Date(at).toISOString();
const utcOrNull = (at: string | null) => (at === null ? null : utc(at));

/** One customer for somebody at the console. That they looked is noted. */
export async function showCustomer(deps: Deps, who: Principal, externalUserId: string, language: Language): Promise<CustomerDetail> {
  const scope = await requireSeen(deps, who, externalUserId);
  const [detail, directory] = await Promise.all([readDetail(deps.db, externalUserId, scope, shownRows), staffDirectory(deps)]);
  if (detail === null) throw customerNotSeen();
  noteView(deps, who.staffUserId, externalUserId, 'console');
  const nameOf = (staffUserId: string) => directory.byId.get(staffUserId)?.name ?? staffUserId;
  const { customFields, stageEnteredAt, lastEngagedAt, optedOutAt, ...rest } = detail.customer;
  return {
    customer: {
      ...rest,
      stageEnteredAt: utcOrNull(stageEnteredAt),
      lastEngagedAt: utcOrNull(lastEngagedAt),
      optedOutAt: utcOrNull(optedOutAt),
    },
    customFields,
    follows: detail.follows.map(({ addWay, state, followedAt, endedAt, mobiles, ...follow }) => ({
      ...follow,
      staffName: nameOf(follow.staffUserId),
      storeName: directory.storeName(directory.byId.get(follow.staffUserId)?.storeId ?? null),
      mobiles: may(who, 'customers.mobiles') ? mobiles : mobiles.map(maskMobile),
      sourceLabel: sourceLabel(addWay, state)[language],
      followedAt: utc(followedAt),
      endedAt: utcOrNull(endedAt),
    })),
    stageMoves: detail.moves.map(({ movedAt, staffUserId, why, fromStageId, toStageId }) => ({
      at: utc(movedAt),
      fromStageId,
      toStageId,
      by: staffUserId === null ? null : nameOf(staffUserId),
      why: why.split(':')[0] ?? why,
    })),
    orders: detail.orders.map(({ orderId, orderedAt, amount, items }) => ({
      orderId,
      orderedAt: utc(orderedAt),
      amount,
      items: items.map((item) => (item.quantity > 1 ? `${item.name} ×${item.quantity}` : item.name)).join(language === 'en' ? ', ' : '、'),
    })),
    orderCount: detail.orderCount,
    typedToDelete: typedToDelete(rest.name, externalUserId),
  };
}
