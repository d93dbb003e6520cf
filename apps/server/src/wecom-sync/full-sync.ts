import { uuidv7 } from 'uuidv7';
import type { Deps } from '../feature.ts';
import { insertRun, lastFinishedRun, unfinishedRun } from './sync-runs.store.ts';
import type { SyncDeps } from './sync-step.ts';
import { type RunEnd, workSyncRun } from './work-sync-run.ts';

/** Everything from WeCom into our store: staff, tags, customers. A run that is under way is resumed. */
export function fullSync(deps: SyncDeps, signal: AbortSignal): Promise<RunEnd> {
  const { corpId } = deps.config.wecom;
  return workSyncRun(deps, signal, () =>
    insertRun(deps.db, { corpId, runId: uuidv7(), kind: 'full', requestedBy: null, startedAt: deps.clock.now() }),
  );
}

/** The first start with an empty store, or a start after a first run that was cut short. */
export async function needsFullSync({ db }: Pick<Deps, 'db'>): Promise<boolean> {
  return (await unfinishedRun(db))?.kind === 'full' || (await lastFinishedRun(db)) === null;
}
