import type { Deps } from '../feature.ts';
import type { Held } from '../leases/hold-lease.ts';
import { advanceRun, type SyncRun } from './sync-runs.store.ts';
import type { Queryable } from '../database.ts';

export type SyncDeps = Pick<Deps, 'db' | 'clock' | 'wecom' | 'config' | 'log'>;
/** What each step of a run is handed: the run as it was read, and the right to move it. */
export type SyncStep = { deps: SyncDeps; run: SyncRun; held: Held };

/** Another process has moved the run meanwhile: what was read here belongs to the past. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Stores something and moves the run on, both or neither. */
export async function advance({ deps, run, held }: SyncStep, work: (tx: Queryable) => Promise<Partial<SyncRun>>): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await held.holdFast(tx);
    if (!(await advanceRun(tx, run, await work(tx)))) throw new Overtaken('another process has moved this run');
  });
}
