import type { Deps } from '../feature.ts';
import { lastFinishedRun, unfinishedRun } from './sync-runs.store.ts';

/** `ageSeconds`, `found`, `ended` of the last reconciliation that was finished; null before the first. */
export type ReconciliationProgress = { running: boolean; ageSeconds: number | null; found: number | null; ended: number | null };

export async function reconciliationProgress({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<ReconciliationProgress> {
  const running = (await unfinishedRun(db))?.kind === 'reconcile';
  const last = await lastFinishedRun(db, 'reconcile');
  if (last === null) return { running, ageSeconds: null, found: null, ended: null };
  const ageSeconds = Math.max(0, (clock.now().getTime() - last.startedAt.getTime()) / 1000);
  return { running, ageSeconds, found: last.relationsFound, ended: last.relationsEnded };
}
