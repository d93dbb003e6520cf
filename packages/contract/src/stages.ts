import { z } from 'zod';
import { instant, opaqueId } from './wire.ts';

/** Told by the mark beside its name; the mark's shape says open, won or lost, so that nothing hangs on the colour alone. */
export const stageColour = z.enum(['grey', 'teal', 'blue', 'violet', 'rose', 'ochre']);
export type StageColour = z.infer<typeof stageColour>;

export const stage = z.object({
  stageId: opaqueId,
  name: z.string(),
  position: z.number().int(),
  /** won, lost or still open */ kind: z.enum(['open', 'won', 'lost']),
  colour: stageColour,
});
export type Stage = z.infer<typeof stage>;

/** GET /api/sidebar/stages */
export const stageList = z.object({ stages: z.array(stage) });
export type StageList = z.infer<typeof stageList>;

/** PUT /api/sidebar/customers/{externalUserId}/stage. `stageId: null` takes the customer out of the pipeline (undo of a first move). */
export const moveStageBody = z.object({ stageId: opaqueId.nullable() });
export const moveStageReply = z.object({
  stageId: opaqueId.nullable(),
  stageEnteredAt: instant.nullable(),
  previousStageId: opaqueId.nullable(),
});
export type MoveStageReply = z.infer<typeof moveStageReply>;
