import { auditProgress } from '../audit/audit-progress.ts';
import { cached } from '../cached.ts';
import type { Deps } from '../feature.ts';
import { inboxProgress } from '../wecom-callback/inbox-progress.ts';
import { mediaNow } from '../scripts/media-now.ts';
import { outboxProgress } from '../wecom-sync/outbox-progress.ts';
import { reconciliationProgress } from '../wecom-sync/reconciliation-progress.ts';
import { syncProgress } from '../wecom-sync/sync-progress.ts';
import type { Metrics } from './metrics.ts';

/** What can be read off the store: how far behind we are, and how far the sync has come. */
export function watchFeatures(metrics: Metrics, deps: Pick<Deps, 'db' | 'clock' | 'config' | 'wecomHealth'>): void {
  const { db, clock, wecomHealth } = deps;
  /** All metrics of one subject come from one question to the store. */
  function watchAll<T>(load: () => Promise<T>, metricsOf: [name: string, help: string, pick: (state: T) => number | null][]): void {
    const state = cached({ clock, load, freshMs: 1_000, staleMs: 0 });
    for (const [name, help, pick] of metricsOf) metrics.watch(name, help, async () => pick(await state.get()));
  }

  watchAll(
    () => inboxProgress(db),
    [
      ['nextline_callback_inbox_waiting', 'Callbacks that are kept and not yet applied', (state) => state.waiting],
      ['nextline_callback_inbox_failing', 'Of those, how many have failed at least once', (state) => state.failing],
      ['nextline_callback_inbox_oldest_seconds', 'Age of the oldest that is not yet applied', (state) => state.oldestSeconds],
      ['nextline_callback_lag_seconds', 'Slowest of the last thousand, from receiving to having applied', (state) => state.lagSeconds],
      ['nextline_callback_inbox_dead', 'Callbacks that were given up', (state) => state.dead],
    ],
  );
  watchAll(
    () => syncProgress(db),
    [
      ['nextline_sync_finished', '1 when the last full sync is complete', (state) => Number(state.finished)],
      ['nextline_sync_staff_done', 'Staff whose customers are stored', (state) => state.staffDone],
      ['nextline_sync_staff_total', 'Staff who may have customers', (state) => state.staffTotal],
      ['nextline_sync_customers_stored', 'Relations that the sync has stored', (state) => state.customersStored],
    ],
  );
  watchAll(
    () => reconciliationProgress(deps),
    [
      ['nextline_reconcile_running', '1 while a reconciliation is under way', (state) => Number(state.running)],
      ['nextline_reconcile_age_seconds', 'Since the last one that was finished began', (state) => state.ageSeconds],
      ['nextline_reconcile_found', 'Relations that it found and no callback had told us of', (state) => state.found],
      ['nextline_reconcile_ended', 'Relations that it ended and no callback had told us of', (state) => state.ended],
    ],
  );

  watchAll(
    () => outboxProgress(db),
    [
      ['nextline_outbox_waiting', 'Our own writes that WeCom has not taken yet', (state) => state.waiting],
      ['nextline_outbox_oldest_seconds', 'Age of the oldest of them', (state) => state.oldestSeconds],
      ['nextline_outbox_unsure', 'Writes of which nobody can say whether WeCom has done them', (state) => state.unsure],
    ],
  );
  watchAll(
    () => mediaNow(deps),
    [
      ['nextline_media_used', 'Files that published scripts use', (state) => state.used],
      ['nextline_media_ready', 'Of those, how many lie at WeCom for another hour at least', (state) => state.ready],
      ['nextline_media_failing', 'Of those, how many could not be uploaded', (state) => state.failing.length],
    ],
  );
  watchAll(() => auditProgress(db), [['nextline_audit_sealed', 'Entries of the audit log that are sealed', (state) => state.sealed]]);

  metrics.watch('nextline_wecom_reachable', '1 while WeCom answers', async () => Number(wecomHealth.reachable()));
}
