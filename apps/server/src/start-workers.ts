import { WeComError } from '@nextline/wecom';
import pg from 'pg';
import { sealAudit, sealEveryMs } from './audit/seal-audit.ts';
import { tellAnchor } from './audit/tell-anchor.ts';
import { fillList, settleList } from './customers/settle-list.ts';
import { workBulk } from './customers/work-bulk.ts';
import type { Deps } from './feature.ts';
import { pruneSignIns } from './identity/prune-sign-ins.ts';
import { keepWorking, type Worker } from './keep-working.ts';
import { ensureLedgerMonths } from './prepare-database.ts';
import { renewMedia } from './scripts/renew-media.ts';
import { endForgottenSends } from './sends/end-forgotten-sends.ts';
import { lookForSilence } from './stages/look-for-silence.ts';
import { workImports } from './scripts/work-imports.ts';
import { listenForCallbacks } from './wecom-callback/listen-for-callbacks.ts';
import { pruneCallbacks } from './wecom-callback/prune-callbacks.ts';
import { createTurns } from './wecom-callback/take-turns.ts';
import { createWaking } from './wecom-callback/wake-workers.ts';
import { workInbox, workSuspects } from './wecom-callback/work-inbox.ts';
import { fullSync, needsFullSync } from './wecom-sync/full-sync.ts';
import { sendOutbox } from './wecom-sync/outbox.ts';
import { pruneSettledWrites } from './wecom-sync/prune-writes.ts';
import { reconcileWhenDue } from './wecom-sync/reconcile.ts';
import { syncStaff } from './wecom-sync/sync-staff.ts';
import { syncTags } from './wecom-sync/sync-tags.ts';
import { watchStaff, watchStaffEveryMs } from './wecom-sync/watch-staff.ts';

/** Callback workers that run side by side. The first takes nothing but welcome codes: whatever the others wait for, it is free. */
const inboxWorkers = 5;

/** A guide's tap waits ten seconds for a slot. */
const backgroundWaitMs = 120_000;

/** Everything that works without being asked, in one list. `url`: the corp's own database address, for LISTEN. */
export function startWorkers(deps: Deps, url: string): { stop(): Promise<void> } {
  const { clock, config, db, log } = deps;

  const turns = createTurns();
  const workCallbacks = (urgentOnly: boolean): Worker =>
    keepWorking({
      name: 'callbacks',
      everyMs: 1_000,
      log,
      work: () => turns.together(() => workInbox(deps, { urgentOnly, onMore: () => waking.onMore() })),
    });
  const welcomes = workCallbacks(true);
  const inbox = Array.from({ length: inboxWorkers - 1 }, () => workCallbacks(false));
  const waking = createWaking({ urgent: welcomes, others: inbox });
  const listening = listenForCallbacks({
    url,
    corpId: config.wecom.corpId,
    log,
    onArrival: (urgent) => waking.onArrival(urgent),
  });

  /** Nobody waits for it, so it rather waits for a free slot than fails; a stop ends the wait. */
  const patiently = (signal: AbortSignal): Deps => ({ ...deps, wecom: deps.wecom.onTerms({ maxWaitMs: backgroundWaitMs, signal }) });

  const others = [
    keepWorking({ name: 'callbacks that nobody came back from', everyMs: 5_000, log, work: () => workSuspects(deps, turns) }),
    keepWorking({ name: 'audit log', everyMs: sealEveryMs, log, work: () => sealAudit(deps) }),
    keepWorking({ name: 'customer list', everyMs: 1_000, log, work: () => settleList(deps) }),
    keepWorking({ name: 'bulk changes', everyMs: 1_000, log, work: () => workBulk(deps) }),
    keepWorking({
      name: 'silent customers',
      everyMs: 600_000,
      log,
      work: async (signal) => {
        await fillList(deps, signal);
        await lookForSilence(deps);
        return 0;
      },
    }),
    keepWorking({ name: 'forgotten sends', everyMs: 600_000, log, work: () => endForgottenSends(deps) }),
    keepWorking({ name: 'script imports', everyMs: 1_000, log, work: (signal) => workImports(deps, signal) }),
    keepWorking({ name: 'outbox', everyMs: 1_000, log, work: () => sendOutbox(deps) }),
    keepWorking({ name: 'staff', everyMs: watchStaffEveryMs, log, work: () => unlessWeComIsAway(deps, () => watchStaff(deps)) }),
    keepWorking({
      // Often, because somebody may ask for it and watch.
      name: 'full sync and reconciliation',
      everyMs: 5_000,
      log,
      work: async (signal) => {
        if (await needsFullSync(deps)) await fullSync(patiently(signal), signal);
        else await reconcileWhenDue(patiently(signal), signal);
        return 0;
      },
    }),
    keepWorking({
      // What happened while we were not running, and what WeCom does not announce.
      name: 'directory and tags',
      everyMs: 3_600_000,
      log,
      work: (signal) =>
        unlessWeComIsAway(deps, async () => {
          if (await needsFullSync(deps)) return;
          await syncStaff(patiently(signal));
          await syncTags(patiently(signal));
        }),
    }),
    keepWorking({ name: 'media', everyMs: 30_000, log, work: (signal) => renewMedia(patiently(signal), signal) }),
    keepWorking({
      name: 'housekeeping',
      everyMs: 3_600_000,
      log,
      work: async () => {
        await pruneSignIns(db, clock.now());
        await tellAnchor(deps);
        await pruneCallbacks(db, clock.now());
        await pruneSettledWrites(db, clock.now());
        return 0;
      },
    }),
    keepWorking({ name: 'months of the ledgers', everyMs: 3_600_000, log, work: () => openLedgerMonths(config.databaseUrl, clock.now()) }),
  ];
  return {
    async stop() {
      await Promise.all([
        listening.stop(),
        ...[welcomes, ...inbox].map((worker) => worker.stop()),
        ...others.map((worker) => worker.stop()),
      ]);
    },
  };
}

/** Only for a process that serves and does no work: it asks so that its panels can say whether WeCom answers. */
export function watchWeComOnly(deps: Deps): Worker {
  const work = () =>
    unlessWeComIsAway(deps, async () => {
      if (deps.wecomHealth.silentForMs() >= watchStaffEveryMs) await deps.wecom.followUsers();
    });
  return keepWorking({ name: 'does WeCom answer', everyMs: watchStaffEveryMs, log: deps.log, work });
}

/** The health of WeCom says it once when it changes; not every ten seconds. */
async function unlessWeComIsAway({ log }: Pick<Deps, 'log'>, work: () => Promise<void>): Promise<number> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof WeComError)) throw error;
    log.debug({ err: error }, 'WeCom was asked in vain');
  }
  return 0;
}

/** The tables of the months belong to the owner of the schema, whom the application otherwise never is. */
async function openLedgerMonths(ownerUrl: string, now: Date): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 });
  // A connection that breaks fails the query too; what nobody listens to would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await ensureLedgerMonths(client, now);
  } finally {
    await client.end();
  }
  return 0;
}
