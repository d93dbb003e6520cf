import type { BulkChange, BulkPreview, BulkSelection } from '@nextline/contract';
import { customerFilter } from '@nextline/contract';
import { type SQL, sql } from 'drizzle-orm';
import { isDeepStrictEqual } from 'node:util';
import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable } from '../database.ts';
import { AppError, requestInvalid, tagNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { stageList } from '../stages/stage-list.ts';
import { stagesToMoveTo } from '../stages/move-in-bulk.ts';
import { stageNotFound } from '../stages/stage-refusals.ts';
import { wholeChoice } from '../tags/decide-tags.ts';
import { tagCatalogue } from '../tags/tag-catalogue.ts';
import {
  type BulkDifference,
  countChanging,
  countFound,
  findBulk,
  insertBulk,
  insertItems,
  redirectBulks,
  setTotal,
} from './bulk-changes.store.ts';
import { conditionsFor, customerScope } from './customer-scope.ts';
import { allCustomers, selectedCustomers } from './find-customers.store.ts';
import { settleList } from './settle-list.ts';

/** WeCom takes one relation at a time: more than this would keep its budget busy for days. */
export const mostAtOnce = 100_000;
/** What the budget of WeCom's tag API leaves for work in the background. */
const relationsPerMinute = 600;

type BulkDeps = Pick<Deps, 'db' | 'clock' | 'config'>;

const tooMany = () =>
  new AppError({
    code: 'bulk.too_many',
    status: 409,
    sentence: {
      'zh-CN': `选中的超过 ${mostAtOnce} 位，一次最多改这么多。再加一个筛选条件分批改。`,
      en: `More than ${mostAtOnce} are chosen, and no more can be changed at once. Add a filter and change them in several parts.`,
    },
    details: { most: mostAtOnce },
  });

const otherChange = () =>
  new AppError({
    code: 'bulk.other_change',
    status: 409,
    sentence: {
      'zh-CN': '刚才那一次其实已经开始了，改的不是这个。在「批量记录」里看它，再另改一次。',
      en: 'The one before has begun after all, and it was another change. Look at it under “Bulk changes”, then make this one anew.',
    },
  });

/** The ids of whoever is meant and may be seen: a made-up id, or another store's, is simply not among them. */
async function foundBy(deps: BulkDeps, who: Principal, selection: BulkSelection): Promise<SQL> {
  if (selection.kind === 'filter') return allCustomers(await conditionsFor(deps, who, selection.filter), mostAtOnce + 1);
  return selectedCustomers(await conditionsFor(deps, who, customerFilter.parse({ relation: 'any' })), selection.externalUserIds);
}

async function check(deps: BulkDeps, change: BulkChange): Promise<void> {
  if (change.kind === 'stage') {
    const { stageId } = change;
    if (stageId !== null && !(await stageList(deps)).some((stage) => stage.stageId === stageId)) throw stageNotFound();
    return;
  }
  const { byId } = await tagCatalogue(deps);
  if (change.add.length + change.remove.length === 0)
    throw requestInvalid([{ path: 'body.change.add', message: { 'zh-CN': '选至少一个标签。', en: 'Choose at least one tag.' } }]);
  if (change.add.some((tagId) => change.remove.includes(tagId)))
    throw requestInvalid([
      { path: 'body.change.remove', message: { 'zh-CN': '同一个标签不能又加又去掉。', en: 'One tag cannot be both added and removed.' } },
    ]);
  if ([...change.add, ...change.remove].some((tagId) => !byId.has(tagId))) throw tagNotFound();
}

/** How many are meant and how many would change; of more than may be changed at once nothing is counted. */
export async function previewBulk(
  deps: BulkDeps,
  who: Principal,
  asked: { selection: BulkSelection; change: BulkChange },
): Promise<BulkPreview> {
  await check(deps, asked.change);
  await settleList(deps);
  const [found, scope] = await Promise.all([foundBy(deps, who, asked.selection), customerScope(deps, who)]);
  const all = await countFound(deps.db, found);
  if (all > mostAtOnce) return { selected: mostAtOnce, changing: 0, tooMany: true, most: mostAtOnce, wecomMinutes: 0 };
  const { change } = asked;
  const meant: BulkDifference =
    change.kind === 'stage' ? change : { kind: 'tags', ...wholeChoice(change, (await tagCatalogue(deps)).byId) };
  const { selected, changing, relations } = await countChanging(deps.db, found, meant, scope);
  return { selected, changing, tooMany: false, most: mostAtOnce, wecomMinutes: Math.ceil(relations / relationsPerMinute) };
}

/** Begins a change: fixes who is meant and leaves the rest to the worker. The same id again, also at the same moment, begins nothing. */
export async function beginBulk(
  deps: BulkDeps,
  who: Principal,
  asked: { bulkId: string; selection: BulkSelection; change: BulkChange },
): Promise<void> {
  const { bulkId, selection, change } = asked;
  const { corpId } = deps.config.wecom;
  await check(deps, change);
  await settleList(deps);
  const found = await foundBy(deps, who, selection);
  await deps.db.transaction(async (tx) => {
    // The list of stages may be a minute old: one that has gone out of use meanwhile is filled by nobody, and none goes out of use before this change can be led elsewhere.
    if (change.kind === 'stage' && change.stageId !== null && !(await stagesToMoveTo(tx)).has(change.stageId)) throw stageNotFound();
    const now = deps.clock.now();
    const { staffUserId } = who;
    const storeId = who.role === 'manager' ? who.storeId : null;
    // Who is meant stands in the items; there it goes when a customer's data are deleted.
    const kept: BulkSelection = selection.kind === 'filter' ? selection : { kind: 'ids', externalUserIds: [] };
    const bulk = { corpId, bulkId, change, selection: kept, staffUserId, storeId, state: 'running' as const, total: 0, startedAt: now };
    if (!(await insertBulk(tx, bulk))) {
      if (!isDeepStrictEqual((await findBulk(tx, bulkId))?.change, change)) throw otherChange();
      return;
    }
    const total = await insertItems(tx, corpId, bulkId, found);
    if (total > mostAtOnce) throw tooMany();
    await setTotal(tx, bulkId, total);
    await writeAudit(tx, {
      corpId,
      who,
      action: 'customers.change',
      subject: { kind: 'bulk_change', id: bulkId },
      detail: { change, total, ...(selection.kind === 'filter' && { filter: selection.filter }) },
      at: now,
    });
  });
}

/** For a stage that goes out of use: moves all who are in it, or on the way into it, in the transaction that retires it. Null when nobody is in it. */
export async function fixSelection(
  tx: Queryable,
  options: { corpId: string; who: Principal; bulkId: string; change: Extract<BulkChange, { kind: 'stage' }>; stageId: string; now: Date },
): Promise<string | null> {
  const { corpId, who, bulkId, change, stageId, now } = options;
  const filter = customerFilter.parse({ stageIds: [stageId], relation: 'any' });
  await redirectBulks(tx, stageId, change.stageId);
  const inStage = sql`SELECT c.external_user_id FROM customers c WHERE c.stage_id = ${stageId}`;
  const total = await insertItems(tx, corpId, bulkId, inStage);
  if (total === 0) return null;
  const { staffUserId } = who;
  await insertBulk(tx, {
    corpId,
    bulkId,
    change,
    selection: { kind: 'filter', filter },
    staffUserId,
    storeId: null,
    state: 'running',
    total,
    startedAt: now,
  });
  return bulkId;
}
