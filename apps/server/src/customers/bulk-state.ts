import type { BulkLine, BulkState } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import { dayMs } from '../corp-time.ts';
import { AppError } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { beginUndo, countItems, countWrites, findBulk, lockBulk, readNewestBulks, type StoredBulk } from './bulk-changes.store.ts';
import { staffDirectory } from './staff-directory.ts';

const undoableForMs = 7 * dayMs;
const listed = 20;

type StateDeps = Pick<Deps, 'db' | 'clock' | 'config'>;

const bulkNotFound = () =>
  new AppError({ code: 'bulk.not_found', status: 404, sentence: { 'zh-CN': '没有这次批量修改。', en: 'There is no such bulk change.' } });
const tooLateToUndo = () =>
  new AppError({
    code: 'bulk.too_late',
    status: 409,
    sentence: {
      'zh-CN': '已经过了 7 天，不能整批撤销了。可以再批量改一次。',
      en: 'More than 7 days have passed, so it cannot be undone as a whole. You can make another bulk change.',
    },
  });

/** A manager knows of their own changes; headquarters of all. */
const maySee = (who: Principal, bulk: StoredBulk) => who.role !== 'manager' || bulk.staffUserId === who.staffUserId;
const undoUntil = (bulk: StoredBulk) => new Date(bulk.startedAt.getTime() + undoableForMs);

async function stateOf(deps: StateDeps, who: Principal, bulks: StoredBulk[]): Promise<BulkLine[]> {
  const [counts, directory] = await Promise.all([
    countItems(
      deps.db,
      bulks.map((bulk) => bulk.bulkId),
    ),
    staffDirectory(deps),
  ]);
  const now = deps.clock.now();
  return Promise.all(
    bulks.map(async (bulk) => {
      const { waiting = 0, changed = 0, same = 0, undone = 0, kept = 0 } = counts.get(bulk.bulkId) ?? {};
      const writes = bulk.change.kind === 'tags' ? await countWrites(deps.db, bulk) : { waiting: 0, refused: 0 };
      const undoable = bulk.state !== 'undone' && bulk.state !== 'undoing' && undoUntil(bulk) > now;
      return {
        bulkId: bulk.bulkId,
        change: bulk.change,
        state: bulk.state,
        total: bulk.total,
        done: bulk.total - waiting,
        changed,
        same,
        undone,
        kept,
        waitingForWecom: writes.waiting,
        refusedByWecom: writes.refused,
        startedAt: bulk.startedAt.toISOString(),
        mine: bulk.staffUserId === who.staffUserId,
        by: directory.byId.get(bulk.staffUserId)?.name ?? bulk.staffUserId,
        undoUntil: undoable ? undoUntil(bulk).toISOString() : null,
      };
    }),
  );
}

/** How far a change is, or `bulk.not_found`. */
export async function bulkState(deps: StateDeps, who: Principal, bulkId: string): Promise<BulkState> {
  const bulk = await findBulk(deps.db, bulkId);
  if (bulk === null || !maySee(who, bulk)) throw bulkNotFound();
  const [state] = await stateOf(deps, who, [bulk]);
  if (state === undefined) throw bulkNotFound();
  return state;
}

/** The newest changes that this person may know of. */
export async function newestBulks(deps: StateDeps, who: Principal): Promise<BulkLine[]> {
  return stateOf(deps, who, await readNewestBulks(deps.db, listed, who.role === 'manager' ? who.staffUserId : null));
}

/** Begins to take a change back; one that is still under way stops where it is. Asking twice is harmless. */
export async function undoBulk(deps: StateDeps, who: Principal, bulkId: string): Promise<void> {
  const { corpId } = deps.config.wecom;
  await deps.db.transaction(async (tx) => {
    const bulk = await lockBulk(tx, bulkId);
    if (bulk === null || !maySee(who, bulk)) throw bulkNotFound();
    if (bulk.state === 'undoing' || bulk.state === 'undone') return;
    if (undoUntil(bulk) <= deps.clock.now()) throw tooLateToUndo();
    await beginUndo(tx, bulkId);
    await writeAudit(tx, {
      corpId,
      who,
      action: 'customers.change_undo',
      subject: { kind: 'bulk_change', id: bulkId },
      at: deps.clock.now(),
    });
  });
}
