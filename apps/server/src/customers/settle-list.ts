import type { Deps } from '../feature.ts';
import { applyStageRules } from '../stages/apply-stage-rules.ts';
import { corpTimeZone } from './corp-zone.ts';
import { findUnlisted, isFilled, listIsBehind, listSizes, lockList, markFilled, takeBehind, writeList } from './settle-list.store.ts';

/** Few enough that whoever opens the list while a sync runs hardly waits for the turn before. */
const perTurn = 200;
const perFill = 2_000;

type ListDeps = Pick<Deps, 'db' | 'clock'> & { config: { wecom: Pick<Deps['config']['wecom'], 'corpId'> } };

/**
 * Takes some of the customers to whom something has happened, moves those whom a stage rule moves, and writes their rows of the list, all in one transaction.
 * Answers how many there were.
 */
export async function settleList(deps: ListDeps): Promise<number> {
  const { db, clock, config } = deps;
  if (!(await listIsBehind(db))) return 0;
  const timeZone = await corpTimeZone(deps);
  return db.transaction(async (tx) => {
    await lockList(tx, config.wecom.corpId);
    const behind = await takeBehind(tx, perTurn);
    if (behind.length === 0) return 0;
    await applyStageRules(tx, { corpId: config.wecom.corpId, externalUserIds: behind, now: clock.now(), timeZone });
    await writeList(tx, behind);
    return behind.length;
  });
}

/** Raised by a release that needs something of every row that the one before did not write; `findUnlisted` says of whose rows. */
const listForm = 1;

/**
 * Whoever is not in the list as it has to be comes into it: an installation that is older than the list's present form. Harmless when run twice: it looks for who is missing. Each
 * turn holds the list only for itself, so what changes meanwhile is settled between two of them.
 */
export async function fillList({ db, clock, config }: ListDeps, signal: AbortSignal): Promise<void> {
  const { corpId } = config.wecom;
  if (await isFilled(db, listForm)) return;
  for (let after = ''; !signal.aborted;) {
    const found = await findUnlisted(db, after, perFill);
    if (found === null) return markFilled(db, corpId, listForm, clock.now());
    if (found.missing.length > 0)
      await db.transaction(async (tx) => {
        await lockList(tx, corpId);
        await writeList(tx, found.missing);
      });
    after = found.last;
  }
}

/** How many are in the list and how many there are, while those who are missing come into it; null when that is over. */
export async function listFilling({ db }: Pick<Deps, 'db'>): Promise<{ listed: number; of: number } | null> {
  if (await isFilled(db, listForm)) return null;
  const sizes = await listSizes(db);
  return sizes.listed < sizes.of ? sizes : null;
}
