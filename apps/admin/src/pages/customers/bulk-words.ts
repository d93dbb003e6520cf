import type { BulkChange, BulkState } from '@nextline/contract';
import { clauses, listed, quoted } from '../../i18n/listed.ts';
import type { Say } from '../../i18n/words.ts';
import type { words } from './words.ts';

type T = Say<(typeof words)['zh-CN']>;
type Names = ReadonlyMap<string, string>;

export const isUnderWay = ({ state }: Pick<BulkState, 'state'>): boolean => state === 'running' || state === 'undoing';

/** How far it is, and when it is over what became of whom. */
export function stateInWords(now: BulkState, t: T): string {
  if (now.state === 'running') return t('running', { done: now.done.toLocaleString(), total: now.total.toLocaleString() });
  if (now.state === 'undoing') return t('undoing');
  if (now.state === 'undone') return t('undone', { n: now.undone.toLocaleString(), kept: now.kept.toLocaleString() });
  return t('changed', { n: now.changed.toLocaleString(), same: now.same.toLocaleString() });
}

/** 加上「会员」，去掉「618」; 改到「首购」. */
export function changeInWords(change: BulkChange, names: { tags: Names; stages: Names }, t: T): string {
  if (change.kind === 'stage')
    return t('movedTo', { stage: change.stageId === null ? t('noStage') : quoted(names.stages.get(change.stageId) ?? t('goneStage')) });
  const tags = (ids: readonly string[]) => listed(ids.map((id) => quoted(names.tags.get(id) ?? t('goneTag'))));
  return clauses([
    ...(change.add.length > 0 ? [t('addedTags', { tags: tags(change.add) })] : []),
    ...(change.remove.length > 0 ? [t('tookTags', { tags: tags(change.remove) })] : []),
  ]);
}
