import type { Database } from '../database.ts';
import type { Deps } from '../feature.ts';
import { applyStageRules } from '../stages/apply-stage-rules.ts';
import { findUnlisted, listIsBehind, lockList, takeBehind, writeList } from './settle-list.store.ts';

/** Few enough that whoever opens the list while a sync runs hardly waits for the turn before. */
const perTurn = 200;
const perFill = 2_000;

type ListDeps = Pick<Deps, 'db' | 'clock' | 'config'>;

/**
 * Takes some of the customers to whom something has happened, moves those whom a stage rule moves, and writes their rows of the list, all in one transaction.
 * Answers how many there were.
 */
export async function settleList({ db, clock, config }: ListDeps): Promise<number> {
  if (!(await listIsBehind(db))) return 0;
  return db.transaction(async (tx) => {
    await lockList(tx, config.wecom.corpId);
    const behind = await takeBehind(tx, perTurn);
    if (behind.length === 0) return 0;
    await applyStageRules(tx, { corpId: config.wecom.corpId, externalUserIds: behind, now: clock.now() });
    await writeList(tx, behind);
    return behind.length;
  });
}

/**
 * Whoever is not in the list at all comes into it: an installation that is older than the list's present form. Harmless when run twice: it looks for who is missing. Each turn
 * holds the list only for itself, so what changes meanwhile is settled between two of them.
 */
export async function fillList(db: Database, corpId: string, signal: AbortSignal): Promise<void> {
  for (let after = ''; !signal.aborted;) {
    const missing = await findUnlisted(db, after, perFill);
    const last = missing.at(-1);
    if (last === undefined) return;
    await db.transaction(async (tx) => {
      await lockList(tx, corpId);
      await writeList(tx, missing);
    });
    after = last;
  }
}
