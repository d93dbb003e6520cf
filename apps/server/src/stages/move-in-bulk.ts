import type { Queryable } from '../database.ts';
import { moveMany, restoreEntered } from './stage-rules.store.ts';
import { holdStages } from './stages.store.ts';

export type BulkMove = { externalUserId: string; from: string | null; to: string | null; moveId: string; enteredAt?: string | null };

/** The stages in use, for whoever is about to move many: until the transaction ends none of them is retired. */
export const stagesToMoveTo = (tx: Queryable): Promise<ReadonlySet<string>> => holdStages(tx);

/** Moves many customers whose rows are locked, each move kept with who and why. One that is taken back gets its old date back. */
export const stageMover =
  (tx: Queryable, corpId: string) =>
  async (moves: BulkMove[], by: { staffUserId: string; why: string; now: Date }): Promise<void> => {
    await moveMany(
      tx,
      moves.map(({ externalUserId, from, to, moveId }) => ({
        corpId,
        externalUserId,
        movedAt: by.now,
        moveId,
        fromStageId: from,
        toStageId: to,
        staffUserId: by.staffUserId,
        why: by.why,
      })),
    );
    const back = moves.flatMap(({ externalUserId, enteredAt }) => (enteredAt ? [{ externalUserId, enteredAt }] : []));
    await restoreEntered(tx, back);
  };
