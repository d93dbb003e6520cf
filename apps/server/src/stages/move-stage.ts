import type { MoveStageReply } from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { AppError, customerNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { insertMove, lockStageOf, readStages, setStage } from './stages.store.ts';

const stageNotFound = () => new AppError({ code: 'stage.not_found', status: 404, sentence: '没有这个阶段，它可能刚被改过。' });

/** Moves a customer and keeps the move, in one transaction. Moving to where she is changes nothing. `null` takes her out of the pipeline. */
export async function moveStage(deps: Deps, who: Principal, externalUserId: string, stageId: string | null): Promise<MoveStageReply> {
  const { db, clock, config } = deps;
  const now = clock.now();
  return db.transaction(async (tx) => {
    if (stageId !== null && !(await readStages(tx)).some((stage) => stage.stageId === stageId)) throw stageNotFound();
    const before = await lockStageOf(tx, externalUserId);
    if (before === null) throw customerNotFound();
    const previousStageId = before.stageId;
    if (previousStageId === stageId) return { stageId, stageEnteredAt: before.stageEnteredAt?.toISOString() ?? null, previousStageId };
    const stageEnteredAt = stageId === null ? null : now;
    await setStage(tx, externalUserId, { stageId, stageEnteredAt });
    await insertMove(tx, {
      corpId: config.wecom.corpId,
      externalUserId,
      movedAt: now,
      moveId: uuidv7(),
      fromStageId: previousStageId,
      toStageId: stageId,
      staffUserId: who.staffUserId,
      why: 'sidebar',
    });
    return { stageId, stageEnteredAt: stageEnteredAt?.toISOString() ?? null, previousStageId };
  });
}
