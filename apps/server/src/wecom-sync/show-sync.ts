import type { Language, SyncOverview, SyncRunView } from '@nextline/contract';
import type { Deps } from '../feature.ts';
import { timeZoneOfCorp } from './customer-mirror.store.ts';
import { namesOfStaff } from './directory.store.ts';
import { nextReconciliation } from './reconcile-schedule.ts';
import { lastFinishedRun, type SyncRun, unfinishedRun } from './sync-runs.store.ts';
import { whyEmptyInWords } from './why-empty.ts';

type ShowDeps = Pick<Deps, 'db' | 'clock' | 'config'>;

/** A run for a person to read: names beside ids, no cursor. */
export async function showRun({ db }: Pick<Deps, 'db'>, run: SyncRun, language: Language): Promise<SyncRunView> {
  const { position: _position, reasons, startedAt, finishedAt, ...rest } = run;
  const names = await namesOfStaff(db, [...Object.keys(reasons), ...(run.requestedBy === null ? [] : [run.requestedBy])]);
  return {
    ...rest,
    requestedByName: names.get(run.requestedBy ?? '') ?? null,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    withReason: Object.entries(reasons).map(([staffUserId, reason]) => ({
      staffUserId,
      name: names.get(staffUserId) ?? null,
      reason: whyEmptyInWords(reason)[language],
    })),
  };
}

/** How the sync stands: what runs, what the last runs brought, when the next one comes. */
export async function showSync(deps: ShowDeps, language: Language): Promise<SyncOverview> {
  const { db, clock, config } = deps;
  const show = async (run: SyncRun | null) => run && (await showRun(deps, run, language));
  return {
    running: await show(await unfinishedRun(db)),
    lastFull: await show(await lastFinishedRun(db, 'full')),
    lastReconciliation: await show(await lastFinishedRun(db, 'reconcile')),
    nextReconciliationAt: nextReconciliation(clock.now(), await timeZoneOfCorp(db), config.wecom.corpId).toISOString(),
  };
}
