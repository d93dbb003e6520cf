import { uuidv7 } from 'uuidv7';
import type { Queryable } from '../database.ts';
import type { Deps } from '../feature.ts';
import { stageMover, stagesToMoveTo } from '../stages/move-in-bulk.ts';
import { setFollowTags } from '../tags/tag-in-bulk.ts';
import { tagCatalogue } from '../tags/tag-catalogue.ts';
import {
  anyUnderWay,
  endBulk,
  lockFollows,
  lockStages,
  newestMoves,
  nextItems,
  settleItems,
  type StoredBulk,
  takeBulk,
} from './bulk-changes.store.ts';
import type { BulkEffect } from './bulk-changes.table.ts';
import { tagSteps, tagStepsBack } from './decide-bulk.ts';
import { staffDirectory } from './staff-directory.ts';

const perTurn = 200;

type WorkDeps = Pick<Deps, 'db' | 'clock' | 'config'>;
type Settled = Parameters<typeof settleItems>[2][number];

/** Relations that the change may touch: all, or those of the manager's store. */
async function scopeOf(deps: WorkDeps, bulk: StoredBulk): Promise<readonly string[] | null> {
  if (bulk.storeId === null) return null;
  const { staffOfStore } = await staffDirectory(deps);
  return [...new Set([bulk.staffUserId, ...staffOfStore(bulk.storeId)])];
}

async function changeStages(tx: Queryable, deps: WorkDeps, bulk: StoredBulk, stageId: string | null, ids: string[]): Promise<Settled[]> {
  const now = deps.clock.now();
  const before = await lockStages(tx, ids);
  const moving = ids.flatMap((id) => {
    const from = before.get(id);
    return from === undefined || from.stageId === stageId ? [] : [{ id, from, moveId: uuidv7() }];
  });
  await stageMover(tx, deps.config.wecom.corpId)(
    moving.map(({ id, from, moveId }) => ({ externalUserId: id, from: from.stageId, to: stageId, moveId })),
    { staffUserId: bulk.staffUserId, why: `bulk:${bulk.bulkId}`, now },
  );
  const effects = new Map<string, BulkEffect>(
    moving.map(({ id, from, moveId }) => [
      id,
      { kind: 'stage', from: from.stageId, fromEnteredAt: from.enteredAt?.toISOString() ?? null, moveId },
    ]),
  );
  return ids.map((externalUserId) => {
    const effect = effects.get(externalUserId);
    return effect ? { externalUserId, state: 'changed', effect } : { externalUserId, state: 'same' };
  });
}

async function changeTags(tx: Queryable, deps: WorkDeps, bulk: StoredBulk, ids: string[]): Promise<Settled[]> {
  const { change } = bulk;
  if (change.kind !== 'tags') return [];
  const { byId } = await tagCatalogue(deps);
  const follows = await lockFollows(tx, ids, await scopeOf(deps, bulk));
  const settled: Settled[] = [];
  for (const externalUserId of ids) {
    const theirs = follows.get(externalUserId) ?? [];
    const steps = tagSteps(theirs, change, byId);
    await setFollowTags(tx, { corpId: deps.config.wecom.corpId, externalUserId, follows: theirs, steps, now: deps.clock.now() });
    const done = steps.map(({ staffUserId, added, removed }) => ({ staffUserId, added, removed }));
    settled.push(
      steps.length > 0 ? { externalUserId, state: 'changed', effect: { kind: 'tags', follows: done } } : { externalUserId, state: 'same' },
    );
  }
  return settled;
}

async function goOn(tx: Queryable, deps: WorkDeps, bulk: StoredBulk): Promise<void> {
  const items = await nextItems(tx, bulk.bulkId, 'waiting', perTurn);
  if (items.length === 0) return endBulk(tx, bulk.bulkId, { state: 'done', finishedAt: deps.clock.now() });
  const ids = items.map((item) => item.externalUserId);
  const { change } = bulk;
  const settled = change.kind === 'stage' ? await changeStages(tx, deps, bulk, change.stageId, ids) : await changeTags(tx, deps, bulk, ids);
  await settleItems(tx, bulk.bulkId, settled);
}

/** Back to the stage she came from, with its old date, if nobody has moved her since and it is still in use. */
async function takeStagesBack(
  tx: Queryable,
  deps: WorkDeps,
  bulk: StoredBulk,
  { items, inUse }: { items: Map<string, BulkEffect>; inUse: ReadonlySet<string> },
): Promise<Settled[]> {
  const ids = [...items.keys()];
  await lockStages(tx, ids);
  const newest = await newestMoves(tx, ids);
  const moves = [...items].flatMap(([externalUserId, effect]) =>
    effect.kind === 'stage' && newest.get(externalUserId) === effect.moveId && (effect.from === null || inUse.has(effect.from))
      ? [{ externalUserId, to: effect.from, moveId: uuidv7(), enteredAt: effect.fromEnteredAt }]
      : [],
  );
  const to = bulk.change.kind === 'stage' ? bulk.change.stageId : null;
  await stageMover(tx, deps.config.wecom.corpId)(
    moves.map((move) => ({ ...move, from: to })),
    { staffUserId: bulk.staffUserId, why: `bulk_undo:${bulk.bulkId}`, now: deps.clock.now() },
  );
  const back = new Set(moves.map((move) => move.externalUserId));
  return ids.map((externalUserId) => ({ externalUserId, state: back.has(externalUserId) ? 'undone' : 'kept' }));
}

async function takeTagsBack(tx: Queryable, deps: WorkDeps, items: Map<string, BulkEffect>): Promise<Settled[]> {
  const { byId } = await tagCatalogue(deps);
  const follows = await lockFollows(tx, [...items.keys()], null);
  const settled: Settled[] = [];
  for (const [externalUserId, effect] of items) {
    const theirs = follows.get(externalUserId) ?? [];
    const steps = effect.kind === 'tags' ? tagStepsBack(theirs, effect, byId) : [];
    await setFollowTags(tx, { corpId: deps.config.wecom.corpId, externalUserId, follows: theirs, steps, now: deps.clock.now() });
    settled.push({ externalUserId, state: steps.length > 0 ? 'undone' : 'kept' });
  }
  return settled;
}

async function goBack(tx: Queryable, deps: WorkDeps, bulk: StoredBulk, inUse: ReadonlySet<string>): Promise<void> {
  const items = await nextItems(tx, bulk.bulkId, 'changed', perTurn);
  if (items.length === 0) return endBulk(tx, bulk.bulkId, { state: 'undone', undoneAt: deps.clock.now() });
  const effects = new Map(items.flatMap(({ externalUserId, effect }) => (effect ? [[externalUserId, effect] as const] : [])));
  const settled =
    bulk.change.kind === 'stage' ? await takeStagesBack(tx, deps, bulk, { items: effects, inUse }) : await takeTagsBack(tx, deps, effects);
  await settleItems(tx, bulk.bulkId, settled);
}

/** The next few hundred customers of the oldest change that is under way, in one transaction: a worker that is killed leaves nothing half done. Answers whether there was work. */
export async function workBulk(deps: WorkDeps): Promise<number> {
  // Asked every second, and nearly always in vain: to hold the stages is a write, which waits for the disk.
  if (!(await anyUnderWay(deps.db))) return 0;
  return deps.db.transaction(async (tx) => {
    // Before the change itself, as whoever retires a stage does: the other way round the two would wait for each other.
    const inUse = await stagesToMoveTo(tx);
    const bulk = await takeBulk(tx);
    if (bulk === null) return 0;
    await (bulk.state === 'running' ? goOn(tx, deps, bulk) : goBack(tx, deps, bulk, inUse));
    return 1;
  });
}
