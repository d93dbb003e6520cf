import type { Deps } from '../feature.ts';
import { applyStageRules } from '../stages/apply-stage-rules.ts';
import { listIsBehind, lockList, queueAllIfListIsEmpty, takeBehind, writeList } from './settle-list.store.ts';

const perTurn = 500;

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

/** Once, when workers start. */
export async function fillEmptyList({ db }: Pick<Deps, 'db'>): Promise<void> {
  await queueAllIfListIsEmpty(db);
}
