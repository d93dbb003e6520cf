import type { Stage } from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { writeAudit } from '../audit/write-audit.ts';
import { fixSelection } from '../customers/begin-bulk.ts';
import { settleList } from '../customers/settle-list.ts';
import type { Deps, Principal } from '../feature.ts';
import { insertStage, lockPipeline, stopRulesTo, updateStage } from './stage-board.store.ts';
import { forgetStageList } from './stage-list.ts';
import { lastStage, pipelineChanged, stageNameTaken, stageNotFound } from './stage-refusals.ts';

type Looks = Pick<Stage, 'name' | 'kind' | 'colour'>;

const taken = (stages: Stage[], name: string, except?: string) => stages.some((stage) => stage.name === name && stage.stageId !== except);

/** A new stage at the end of the pipeline. */
export async function createStage(deps: Deps, who: Principal, stage: Looks): Promise<void> {
  const { corpId } = deps.config.wecom;
  const name = stage.name.trim();
  await deps.db.transaction(async (tx) => {
    const stages = await lockPipeline(tx);
    if (taken(stages, name)) throw stageNameTaken(name);
    const stageId = uuidv7();
    const position = Math.max(-1, ...stages.map((one) => one.position)) + 1;
    await insertStage(tx, corpId, { ...stage, stageId, name, position });
    await writeAudit(tx, {
      corpId,
      who,
      action: 'stage.create',
      subject: { kind: 'stage', id: stageId },
      detail: { name },
      at: deps.clock.now(),
    });
  });
  forgetStageList(deps);
}

/** Another name, kind or colour. */
export async function changeStage(
  deps: Deps,
  who: Principal,
  stageId: string,
  change: { [Part in keyof Looks]?: Looks[Part] | undefined },
): Promise<void> {
  const { corpId } = deps.config.wecom;
  await deps.db.transaction(async (tx) => {
    const stages = await lockPipeline(tx);
    const before = stages.find((stage) => stage.stageId === stageId);
    if (before === undefined) throw stageNotFound();
    const name = change.name?.trim() ?? before.name;
    const kind = change.kind ?? before.kind;
    const colour = change.colour ?? before.colour;
    if (taken(stages, name, stageId)) throw stageNameTaken(name);
    if (name === before.name && kind === before.kind && colour === before.colour) return;
    await updateStage(tx, stageId, { name, kind, colour });
    await writeAudit(tx, {
      corpId,
      who,
      action: 'stage.change',
      subject: { kind: 'stage', id: stageId },
      detail: { from: { name: before.name, kind: before.kind, colour: before.colour }, to: { name, kind, colour } },
      at: deps.clock.now(),
    });
  });
  forgetStageList(deps);
}

/** Every stage that is in use, in its new order; an order of other stages than there are now is somebody else's view of them. */
export async function orderStages(deps: Deps, who: Principal, stageIds: readonly string[]): Promise<void> {
  const { corpId } = deps.config.wecom;
  await deps.db.transaction(async (tx) => {
    const stages = await lockPipeline(tx);
    const wanted = new Set(stageIds);
    if (wanted.size !== stageIds.length || wanted.size !== stages.length || stages.some((stage) => !wanted.has(stage.stageId)))
      throw pipelineChanged();
    for (const [position, stageId] of stageIds.entries()) await updateStage(tx, stageId, { position });
    await writeAudit(tx, {
      corpId,
      who,
      action: 'stage.order',
      subject: { kind: 'stage', id: '*' },
      detail: { stageIds },
      at: deps.clock.now(),
    });
  });
  forgetStageList(deps);
}

/**
 * Takes a stage out of use. Its customers go where they are told, in the background and each with a kept move; rules that lead to it stop. Answers the id of that change,
 * or null when nobody was in it.
 */
export async function retireStage(deps: Deps, who: Principal, stageId: string, moveTo: string | null): Promise<string | null> {
  const { corpId } = deps.config.wecom;
  await settleList(deps);
  const bulkId = await deps.db.transaction(async (tx) => {
    const stages = await lockPipeline(tx);
    const stage = stages.find((one) => one.stageId === stageId);
    if (stage === undefined) throw stageNotFound();
    if (stages.length === 1) throw lastStage();
    if (moveTo !== null && (moveTo === stageId || !stages.some((one) => one.stageId === moveTo))) throw stageNotFound();
    const now = deps.clock.now();
    await updateStage(tx, stageId, { retiredAt: now });
    const stoppedRules = await stopRulesTo(tx, stageId);
    await writeAudit(tx, {
      corpId,
      who,
      action: 'stage.retire',
      subject: { kind: 'stage', id: stageId },
      detail: { name: stage.name, moveTo, stoppedRules },
      at: now,
    });
    return fixSelection(tx, { corpId, who, bulkId: uuidv7(), change: { kind: 'stage', stageId: moveTo }, stageId, now });
  });
  forgetStageList(deps);
  return bulkId;
}
