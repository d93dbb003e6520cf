import { type CustomerPage, WeComError } from '@nextline/wecom';
import { staffWithCustomers } from './customer-mirror.store.ts';
import { storeCustomers } from './store-customer.ts';
import { afterPage, nextBatch, afterRefusal } from './sync-position.ts';
import type { SyncPosition } from './sync-runs.store.ts';
import { advance, type SyncStep } from './sync-step.ts';
import { isAboutOne, type WhyEmpty, whyUnreadable } from './why-empty.ts';

async function store(step: SyncStep, page: CustomerPage, asOf: Date, position: SyncPosition): Promise<void> {
  const { deps, run } = step;
  const unlicensed = Object.fromEntries(page.unlicensed.map((staffUserId) => [staffUserId, whyUnreadable(701008)]));
  const batchDone = position.batch.length === 0;
  await advance(step, async (tx) => {
    const { corpId } = deps.config.wecom;
    const customers = page.customers.map(({ customer, follow }) => ({ customer, follows: [follow] }));
    const { newRelations } = await storeCustomers(tx, { corpId, asOf, customers });
    const empty: Record<string, WhyEmpty> = {};
    if (batchDone) {
      const withCustomers = await staffWithCustomers(tx, run.position.batch);
      for (const staffUserId of run.position.batch) if (!withCustomers.has(staffUserId)) empty[staffUserId] = { code: 'none_yet' };
    }
    return {
      position,
      staffDone: run.staffDone + (batchDone ? run.position.batch.length : 0),
      customersStored: run.customersStored + page.customers.length,
      relationsFound: run.relationsFound + newRelations,
      reasons: { ...empty, ...run.reasons, ...unlicensed },
    };
  });
}

/** A batch that WeCom refuses holds somebody who cannot be read: once it is clear who, that and why is noted, and it goes on without them. */
async function setAside(step: SyncStep, error: WeComError): Promise<void> {
  const { deps, run } = step;
  const next = afterRefusal(run.position);
  if (next) return advance(step, async () => ({ position: next }));
  const [staffUserId = ''] = run.position.batch;
  deps.log.warn({ staff: staffUserId, errcode: error.errcode }, 'the customers of a staff member cannot be read');
  const reason = whyUnreadable(error.errcode, error.errmsg);
  await advance(step, async () => ({
    position: afterPage(run.position, null),
    staffDone: run.staffDone + 1,
    reasons: { ...run.reasons, [staffUserId]: reason },
  }));
}

/** One page of customers, stored together with the cursor behind it. `then`: the phase after the last page. */
export async function syncCustomers(step: SyncStep, then: 'missing' | 'done'): Promise<void> {
  const { deps, run } = step;
  const position = nextBatch(run.position);
  if (position === null)
    return advance(step, async () => ({ phase: then, finishedAt: then === 'done' ? deps.clock.now() : null, position: run.position }));
  if (position !== run.position) return advance(step, async () => ({ position }));
  const asOf = deps.clock.now();
  try {
    const page = await deps.wecom.customersOfStaff({ staffUserIds: position.batch, cursor: position.cursor });
    await store(step, page, asOf, afterPage(position, page.nextCursor));
  } catch (error) {
    if (!(error instanceof WeComError) || !isAboutOne(error)) throw error;
    await setAside(step, error);
  }
}
