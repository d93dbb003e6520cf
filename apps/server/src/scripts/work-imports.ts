import { databaseIsAway } from '../database-away.ts';
import type { Deps } from '../feature.ts';
import { LeaseLost, whileHolding } from '../leases/hold-lease.ts';
import { applyImport } from './apply-import.ts';
import { checkImport } from './check-import.ts';
import { UnreadableTable } from './read-table.ts';
import { findWaiting, updateImport } from './script-imports.store.ts';

/** Does the next piece of the oldest import that waits; one process at a time. Answers how many were worked on. */
export async function workImports(deps: Deps, signal: AbortSignal): Promise<number> {
  const { db, config, log, clock } = deps;
  if ((await findWaiting(db)) === null) return 0;
  const held = await whileHolding(deps, { corpId: config.wecom.corpId, name: 'script imports', signal }, async (lease) => {
    const one = await findWaiting(db);
    if (one === null) return 0;
    try {
      if (one.state === 'reading') await checkImport(deps, lease, one);
      else await applyImport(deps, lease, one);
    } catch (error) {
      if (error instanceof LeaseLost || (error instanceof Error && databaseIsAway(error))) throw error;
      const known = error instanceof UnreadableTable;
      if (!known) log.error({ err: error, importId: one.importId }, 'an import stopped');
      const failure = known
        ? error.sentence
        : {
            'zh-CN': '导入时出了错，停下了。已经存的不会丢，再导入一次就接着做完。',
            en: 'Something went wrong and the import stopped. What is stored stays; import it once more and the rest follows.',
          };
      await updateImport(db, one.importId, { state: 'failed', failure, finishedAt: clock.now(), file: null });
    }
    return 1;
  });
  return held?.result ?? 0;
}
