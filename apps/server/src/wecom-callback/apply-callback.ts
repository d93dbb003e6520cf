import { type CallbackEvent, WeComError } from '@nextline/wecom';
import type { Deps } from '../feature.ts';
import { storeCustomers, storeEndOfFollow, storeReturn, storeUnfollow } from '../wecom-sync/store-customer.ts';
import { refreshStaff, syncDepartments } from '../wecom-sync/sync-staff.ts';
import { syncTags } from '../wecom-sync/sync-tags.ts';
import { type Look, type LookAt, noSuchCustomer } from './present-state.ts';
import { isOverAfterEnd, mayStillCome } from './relation-after-end.ts';

export type ApplyDeps = Pick<Deps, 'db' | 'clock' | 'wecom' | 'wecomHealth' | 'config' | 'log'>;
type Relation = { externalUserId: string; staffUserId: string; occurredAt: Date | null };
/** How to look at a customer, and the how-manieth try this is. */
type Try = { look: LookAt; attempts: number };

/** For an event that says nothing new when WeCom does not know her: what we have stays. */
async function refreshCustomer(deps: ApplyDeps, { look }: Try, externalUserId: string): Promise<Look> {
  const seen = await unlessUnknown(look(externalUserId), deps.clock.now());
  const { asOf, state } = seen;
  if (state) await deps.db.transaction((tx) => storeCustomers(tx, { corpId: deps.config.wecom.corpId, asOf, customers: [state] }));
  return seen;
}

async function unlessUnknown(look: Promise<Look>, now: Date): Promise<Look> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof WeComError && error.errcode === noSuchCustomer) return { asOf: now, state: null };
    throw error;
  }
}

/** WeCom announces a relation a moment before it can be read: asked again, it is there. After a while it is not coming: they have parted since. */
async function applyBeginning(deps: ApplyDeps, { look, attempts }: Try, event: Relation): Promise<void> {
  const { externalUserId, staffUserId, occurredAt } = event;
  const { corpId } = deps.config.wecom;
  const { asOf, state } = await look(externalUserId);
  // Somebody else of ours may have followed her all along: an answer is not yet the answer about these two.
  const present = state?.follows.find((follow) => follow.staffUserId === staffUserId);
  if (state)
    await deps.db.transaction(async (tx) => {
      await storeCustomers(tx, { corpId, asOf, customers: [state] });
      if (!present || !occurredAt) return;
      await storeReturn(tx, { corpId, externalUserId, staffUserId, at: occurredAt, listedSince: present.followedAt, now: asOf });
    });
  if (present) return;
  if (mayStillCome({ occurredAt, now: deps.wecomHealth.earliestTime(), attempts }))
    throw new WeComError({ api: 'externalcontact/get', errcode: 84061, errmsg: 'no such relation, or not yet', kind: 'eventual' });
  if (state) return;
  const over = { corpId, externalUserId, staffUserId, at: asOf, by: 'staff', now: asOf, unlessSeenAfter: asOf } as const;
  await deps.db.transaction((tx) => storeEndOfFollow(tx, over));
}

async function applyEnd(deps: ApplyDeps, attempt: Try, event: Relation, by: 'staff' | 'customer' | 'transfer'): Promise<void> {
  const { externalUserId, staffUserId } = event;
  const { state } = await refreshCustomer(deps, attempt, externalUserId);
  const present = state?.follows.find((follow) => follow.staffUserId === staffUserId) ?? null;
  const now = deps.clock.now();
  const end = { corpId: deps.config.wecom.corpId, externalUserId, staffUserId, at: event.occurredAt ?? now, now };
  await deps.db.transaction(async (tx) => {
    if (isOverAfterEnd(end.at, present)) await storeEndOfFollow(tx, { ...end, by });
    else if (by === 'customer') await storeUnfollow(tx, end);
  });
}

/**
 * Applies an event. It says what to look at; what is stored is what WeCom reports now. That is why applying it twice, late or out of order
 * is harmless: reads are stored by the time of the question, and what she did has an id made from what it was.
 * `kept`: nothing of ours depends on this kind of event yet.
 */
export async function applyCallback(deps: ApplyDeps, event: CallbackEvent, attempt: Try): Promise<'applied' | 'kept'> {
  switch (event.kind) {
    case 'customer.added':
    case 'customer.halfAdded':
      await applyBeginning(deps, attempt, event);
      return 'applied';
    case 'customer.edited':
    case 'customer.archiveAgreed':
    case 'customer.transferFailed':
      await refreshCustomer(deps, attempt, event.externalUserId);
      return 'applied';
    case 'customer.removedByCustomer':
      await applyEnd(deps, attempt, event, 'customer');
      return 'applied';
    case 'customer.removedByStaff':
      await applyEnd(deps, attempt, event, event.byTransfer ? 'transfer' : 'staff');
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
