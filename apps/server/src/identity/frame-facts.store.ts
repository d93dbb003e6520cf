import { and, count, eq, inArray, max } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { withinReach } from '../scripts/script-editing.store.ts';
import type { Reach } from '../scripts/script-reach.ts';
import { scripts } from '../scripts/scripts.table.ts';
import { callbackInbox } from '../wecom-callback/wecom-callback.table.ts';
import { syncRuns } from '../wecom-sync/wecom-sync.table.ts';

export type FrameFacts = { lastSyncedAt: Date | null; scriptsInReview: number };

/** When WeCom last told us something that is now in the store, by a sync or by a callback; and how many of the scripts that this person sees wait for a reviewer. */
export async function findFrameFacts(db: Queryable, reach: Reach): Promise<FrameFacts> {
  const [[run], [callback], [review]] = await Promise.all([
    db.select({ at: max(syncRuns.finishedAt) }).from(syncRuns),
    db
      .select({ at: max(callbackInbox.settledAt) })
      .from(callbackInbox)
      .where(inArray(callbackInbox.status, ['applied', 'kept'])),
    db
      .select({ n: count() })
      .from(scripts)
      .where(and(eq(scripts.status, 'review'), withinReach(reach))),
  ]);
  const times = [run?.at, callback?.at].flatMap((at) => (at ? [at.getTime()] : []));
  return { lastSyncedAt: times.length === 0 ? null : new Date(Math.max(...times)), scriptsInReview: review?.n ?? 0 };
}
