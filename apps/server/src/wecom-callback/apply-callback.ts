import { type CallbackEvent, type CustomerWithFollows, WeComError } from '@nextline/wecom';
import type { Deps } from '../feature.ts';
import { storeCustomers, storeEndOfFollow } from '../wecom-sync/store-customer.ts';
import { refreshStaff, syncDepartments } from '../wecom-sync/sync-staff.ts';
import { syncTags } from '../wecom-sync/sync-tags.ts';
import { isOverAfterEnd } from './relation-after-end.ts';

type ApplyDeps = Pick<Deps, 'db' | 'clock' | 'wecom' | 'config' | 'log'>;
type Relation = { externalUserId: string; staffUserId: string; occurredAt: Date | null };

/** Nobody of ours follows this customer, or the customer is not visible to the app. */
const nobodyFollows = new Set([84061, 40096]);

async function presentState(deps: ApplyDeps, externalUserId: string): Promise<CustomerWithFollows | null> {
  try {
    return await deps.wecom.customer(externalUserId);
  } catch (error) {
    if (error instanceof WeComError && error.errcode !== null && nobodyFollows.has(error.errcode)) return null;
    throw error;
  }
}

async function refreshCustomer(deps: ApplyDeps, externalUserId: string): Promise<CustomerWithFollows | null> {
  const asOf = deps.clock.now();
  const state = await presentState(deps, externalUserId);
  if (state) await deps.db.transaction((tx) => storeCustomers(tx, { corpId: deps.config.wecom.corpId, asOf, customers: [state] }));
  return state;
}

/** WeCom announces a relation a moment before it can be read: asked again, it is there. */
async function applyBeginning(deps: ApplyDeps, event: Relation): Promise<void> {
  const asOf = deps.clock.now();
  const state = await deps.wecom.customer(event.externalUserId);
  await deps.db.transaction((tx) => storeCustomers(tx, { corpId: deps.config.wecom.corpId, asOf, customers: [state] }));
}

async function applyEnd(deps: ApplyDeps, event: Relation, by: 'staff' | 'customer' | 'transfer'): Promise<void> {
  const { externalUserId, staffUserId } = event;
  const state = await refreshCustomer(deps, externalUserId);
  const present = state?.follows.find((follow) => follow.staffUserId === staffUserId) ?? null;
  const now = deps.clock.now();
  const at = event.occurredAt ?? now;
  if (!isOverAfterEnd(at, present)) return;
  await deps.db.transaction((tx) => storeEndOfFollow(tx, { corpId: deps.config.wecom.corpId, externalUserId, staffUserId, at, by, now }));
}

/**
 * Applies an event. It says what to look at; what is stored is what WeCom reports now. That is why applying it twice, late or out of order
 * is harmless: reads are stored by the time of the question, and what she did has an id made from what it was.
 * `kept`: nothing of ours depends on this kind of event yet.
 */
export async function applyCallback(deps: ApplyDeps, event: CallbackEvent): Promise<'applied' | 'kept'> {
  switch (event.kind) {
    case 'customer.added':
    case 'customer.halfAdded':
      await applyBeginning(deps, event);
      return 'applied';
    case 'customer.edited':
    case 'customer.archiveAgreed':
    case 'customer.transferFailed':
      await refreshCustomer(deps, event.externalUserId);
      return 'applied';
    case 'customer.removedByCustomer':
      await applyEnd(deps, event, 'customer');
      return 'applied';
    case 'customer.removedByStaff':
      await applyEnd(deps, event, event.byTransfer ? 'transfer' : 'staff');
      return 'applied';
    case 'tag.created':
    case 'tag.changed':
    case 'tag.deleted':
    case 'tag.reordered':
      await syncTags(deps);
      return 'applied';
    case 'staff.updated':
      if (event.newUserId !== null && event.newUserId !== event.userId) await refreshStaff(deps, event.newUserId);
      await refreshStaff(deps, event.userId);
      return 'applied';
    case 'staff.created':
    case 'staff.deleted':
      await refreshStaff(deps, event.userId);
      return 'applied';
    case 'department.created':
    case 'department.updated':
    case 'department.deleted':
      await syncDepartments(deps);
      return 'applied';
    default:
      return 'kept';
  }
}
