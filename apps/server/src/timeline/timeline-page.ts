import type { Language, TimelinePage } from '@nextline/contract';
import { requestInvalid } from '../errors.ts';
import type { Deps } from '../feature.ts';
import { momentAndId, readCursor, writeCursor } from '../page-cursor.ts';
import { scriptCatalogue } from '../scripts/script-catalogue.ts';
import type { Sentence } from '../sentence.ts';
import { stageList } from '../stages/stage-list.ts';
import { timelineEntry } from './timeline-entry.ts';
import { readTimeline } from './timeline.store.ts';

const deletedStage: Sentence = { 'zh-CN': '已删的阶段', en: 'a deleted stage' };

/** A page of what happened with one customer, newest first and up to `until`, in the words for this staff member, as the sidebar says it unless the console asks. Whether they may see her was asked before. */
export async function timelinePage(
  deps: Deps,
  staffUserId: string,
  externalUserId: string,
  page: { before?: string | undefined; limit: number; until?: Date | null },
  language: Language = 'zh-CN',
): Promise<TimelinePage> {
  const { before, limit, until = null } = page;
  const place = before === undefined ? undefined : readCursor(before, momentAndId);
  if (place === null)
    throw requestInvalid([
      {
        path: 'query.before',
        message: { 'zh-CN': '不认识的页码。', en: 'This place in the pages is not right. Begin at the first page.' },
      },
    ]);
  const asked = place === undefined ? null : { at: place[0], id: place[1] };
  const last = until && { at: new Date(until.getTime() + 1), id: '' };
  const cursor = asked === null || (last !== null && asked.at >= last.at) ? (last ?? asked) : asked;
  const [rows, stages, { byId }] = await Promise.all([
    readTimeline(deps.db, deps.config.wecom.corpId, externalUserId, cursor, limit + 1),
    stageList(deps),
    scriptCatalogue(deps),
  ]);
  const shown = rows.slice(0, limit);
  const end = shown.at(-1);
  const stageNames = new Map(stages.map((stage) => [stage.stageId, stage.name]));
  const words = {
    staffUserId,
    language,
    stageName: (stageId: string) => stageNames.get(stageId) ?? deletedStage[language],
    kindsOf(scriptId: string, version: number | null) {
      const script = byId.get(scriptId)?.script;
      return script && (version ?? script.version) === script.version ? script.parts.map((part) => part.kind) : null;
    },
  };
  return {
    entries: shown.map((row) => timelineEntry(row, words)),
    nextBefore: rows.length > limit && end ? writeCursor([end.at.toISOString(), end.id]) : null,
  };
}
