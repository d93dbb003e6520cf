import type { StageBoard, StageRuleContent } from '@nextline/contract';
import { clauses, listed } from '../../i18n/listed.ts';
import type { Say } from '../../i18n/words.ts';
import type { words } from './words.ts';

type T = Say<(typeof words)['zh-CN']>;

/** 打上「会员」，从潜在客户、意向客户，移到「首购」. */
export function ruleInWords(
  { when, fromStageIds, toStageId }: StageRuleContent,
  { stages }: Pick<StageBoard, 'stages'>,
  tagNames: ReadonlyMap<string, string>,
  t: T,
): string {
  const stageName = (stageId: string) =>
    stageId === 'none' ? t('noStage') : (stages.find((stage) => stage.stageId === stageId)?.name ?? t('goneStage'));
  const condition =
    when.kind === 'tag'
      ? t('ifTag', { tag: tagNames.get(when.tagId) ?? t('goneTag') })
      : when.kind === 'order'
        ? t('ifOrder')
        : t('ifSilence', { n: when.days });
  const from = fromStageIds.length === 0 ? t('fromAny') : t('from', { stages: listed(fromStageIds.map(stageName)) });
  return clauses([condition, from, t('to', { stage: stageName(toStageId) })]);
}

export const ruleContent = ({ when, fromStageIds, toStageId, enabled }: StageRuleContent): StageRuleContent => ({
  when,
  fromStageIds: [...fromStageIds],
  toStageId,
  enabled,
});
