import { inArray, max } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { callbackInbox } from '../wecom-callback/wecom-callback.table.ts';
import { syncRuns } from '../wecom-sync/wecom-sync.table.ts';

/** When WeCom last told us something that is now in the store, by a sync or by a callback. */
export async function findLastSync(db: Queryable): Promise<Date | null> {
  const [[run], [callback]] = await Promise.all([
    db.select({ at: max(syncRuns.finishedAt) }).from(syncRuns),
    db
      .select({ at: max(callbackInbox.settledAt) })
      .from(callbackInbox)
      .where(inArray(callbackInbox.status, ['applied', 'kept'])),
  ]);
  const times = [run?.at, callback?.at].flatMap((at) => (at ? [at.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.max(...times));
}
