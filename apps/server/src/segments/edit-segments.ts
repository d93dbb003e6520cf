import type { SaveSegmentBody, Segment } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import { AppError, sessionForbidden } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { deleteSegment, findSegment, lockSegment, nameIsTaken, readSegments, type SegmentRow, upsertSegment } from './segments.store.ts';

type SegmentDeps = Pick<Deps, 'db' | 'clock' | 'config'>;

const segmentNotFound = () =>
  new AppError({
    code: 'segment.not_found',
    status: 404,
    sentence: { 'zh-CN': '没有这个分群，它可能刚被删掉。', en: 'There is no such segment. It may just have been deleted.' },
  });
const nameTaken = (name: string) =>
  new AppError({
    code: 'segment.name_taken',
    status: 409,
    sentence: { 'zh-CN': `已经有「${name}」这个分群了，换个名字。`, en: `There is already a segment “${name}”. Choose another name.` },
    details: { field: 'name' },
  });

const shownTo = (who: Principal, row: SegmentRow): Segment => ({
  ...row,
  mine: row.ownerUserId === who.staffUserId,
  updatedAt: row.updatedAt.toISOString(),
});

/** One's own segments and those that are shared. */
export async function listSegments(deps: SegmentDeps, who: Principal): Promise<Segment[]> {
  return (await readSegments(deps.db, who.staffUserId)).map((row) => shownTo(who, row));
}

/** A segment that this person may use, or `segment.not_found`. */
export async function requireSegment(deps: SegmentDeps, who: Principal, segmentId: string): Promise<Segment> {
  const row = await findSegment(deps.db, who.staffUserId, segmentId);
  if (row === null) throw segmentNotFound();
  return shownTo(who, row);
}

/** Somebody else's private segment is as good as none; a shared one may be used, not changed. */
async function requireOwner(tx: Parameters<typeof lockSegment>[0], who: Principal, segmentId: string): Promise<'new' | 'own'> {
  const known = await lockSegment(tx, segmentId);
  if (known === null) return 'new';
  if (known.ownerUserId === who.staffUserId) return 'own';
  if (!known.shared) throw segmentNotFound();
  throw sessionForbidden({
    'zh-CN': '这个分群是同事建的，只有他能改。可以另存一个自己的。',
    en: 'A colleague made this segment and only they can change it. Save one of your own instead.',
  });
}

export async function saveSegment(deps: SegmentDeps, who: Principal, segmentId: string, body: SaveSegmentBody): Promise<Segment> {
  const { corpId } = deps.config.wecom;
  const name = body.name.trim();
  await deps.db.transaction(async (tx) => {
    await requireOwner(tx, who, segmentId);
    if (await nameIsTaken(tx, who.staffUserId, segmentId, name)) throw nameTaken(name);
    const updatedAt = deps.clock.now();
    const { filter, shared } = body;
    await upsertSegment(tx, { corpId, segmentId, name, filter, shared, ownerUserId: who.staffUserId, updatedAt });
    await writeAudit(tx, {
      corpId,
      who,
      action: 'segment.save',
      subject: { kind: 'segment', id: segmentId },
      detail: { name, filter, shared },
      at: updatedAt,
    });
  });
  return requireSegment(deps, who, segmentId);
}

export async function removeSegment(deps: SegmentDeps, who: Principal, segmentId: string): Promise<void> {
  const { corpId } = deps.config.wecom;
  await deps.db.transaction(async (tx) => {
    if ((await requireOwner(tx, who, segmentId)) === 'new') throw segmentNotFound();
    await deleteSegment(tx, segmentId);
    await writeAudit(tx, { corpId, who, action: 'segment.delete', subject: { kind: 'segment', id: segmentId }, at: deps.clock.now() });
  });
}
