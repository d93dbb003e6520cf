import type { MoveStageReply } from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { writeAudit } from '../audit/write-audit.ts';
import { customerNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { stageNotFound } from './stage-refusals.ts';
import { holdStages, insertMove, lockStageOf, setStage } from './stages.store.ts';

/** Moves a customer and keeps the move, in one transaction. Moving to where she is changes nothing. `null` takes her out of the pipeline. */
export async function moveStage(
  deps: Deps,
  who: Principal,
  externalUserId: string,
  stageId: string | null,
  where: 'sidebar' | 'console' = 'sidebar',
): Promise<MoveStageReply> {
  const { db, clock, config } = deps;
  const now = clock.now();
  return db.transaction(async (tx) => {
    if (stageId !== null && !(await holdStages(tx)).has(stageId)) throw stageNotFound();
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
      why: where,
    });
    await writeAudit(tx, {
      corpId: config.wecom.corpId,
      who,
      action: 'customer.stage',
      subject: { kind: 'customer', id: externalUserId },
      detail: { from: previousStageId, to: stageId },
      at: now,
    });
    return { stageId, stageEnteredAt: stageEnteredAt?.toISOString() ?? null, previousStageId };
  });
}
