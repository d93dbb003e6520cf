import { readHead } from '../audit/audit.store.ts';
import type { Deps } from '../feature.ts';
import { inboxProgress } from '../wecom-callback/inbox-progress.ts';
import { syncProgress } from '../wecom-sync/sync-progress.ts';
import type { Metrics } from './metrics.ts';

/** What can be read off the store: how far behind we are, and how far the sync has come. */
export function watchFeatures(metrics: Metrics, { db, wecomHealth }: Pick<Deps, 'db' | 'wecomHealth'>): void {
  const inbox = (name: string, help: string, pick: (state: Awaited<ReturnType<typeof inboxProgress>>) => number) =>
    metrics.watch(name, help, async () => pick(await inboxProgress(db)));
  inbox('nextline_callback_inbox_waiting', 'Callbacks that are kept and not yet applied', (state) => state.waiting);
  inbox('nextline_callback_inbox_oldest_seconds', 'Age of the oldest of them', (state) => state.oldestSeconds);
  inbox('nextline_callback_inbox_dead', 'Callbacks that were given up', (state) => state.dead);

  const sync = (name: string, help: string, pick: (state: Awaited<ReturnType<typeof syncProgress>>) => number) =>
    metrics.watch(name, help, async () => pick(await syncProgress(db)));
  sync('nextline_sync_finished', '1 when the last full sync is complete', (state) => Number(state.finished));
  sync('nextline_sync_staff_done', 'Staff whose customers are stored', (state) => state.staffDone);
  sync('nextline_sync_staff_total', 'Staff who may have customers', (state) => state.staffTotal);
  sync('nextline_sync_customers_stored', 'Relations that the sync has stored', (state) => state.customersStored);

  // A number that falls means that entries were taken away: whoever keeps it outside this database can tell.
  metrics.watch('nextline_audit_sealed', 'Entries of the audit log that are chained', async () => (await readHead(db))?.seq ?? 0);
  metrics.watch('nextline_wecom_reachable', '1 while WeCom answers', async () => Number(wecomHealth.reachable()));
}
