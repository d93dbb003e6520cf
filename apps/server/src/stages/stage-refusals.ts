import { AppError } from '../errors.ts';

export const stageNotFound = () =>
  new AppError({
    code: 'stage.not_found',
    status: 404,
    sentence: { 'zh-CN': '没有这个阶段，它可能刚被改过。', en: 'There is no such stage. It may just have been changed.' },
  });
export const stageNameTaken = (name: string) =>
  new AppError({
    code: 'stage.name_taken',
    status: 409,
    sentence: { 'zh-CN': `已经有「${name}」这个阶段了，换个名字。`, en: `There is already a stage “${name}”. Choose another name.` },
    details: { field: 'name' },
  });
export const pipelineChanged = () =>
  new AppError({
    code: 'stage.changed',
    status: 409,
    sentence: {
      'zh-CN': '刚才有人改过阶段，列表已刷新，请再排一次。',
      en: 'Somebody just changed the stages. The list is fresh now, please order it again.',
    },
  });
export const lastStage = () =>
  new AppError({ code: 'stage.last', status: 409, sentence: { 'zh-CN': '至少留一个阶段。', en: 'At least one stage must stay.' } });
export const ruleNotFound = () =>
  new AppError({
    code: 'stage_rule.not_found',
    status: 404,
    sentence: { 'zh-CN': '没有这条规则，它可能刚被删掉。', en: 'There is no such rule. It may just have been deleted.' },
  });
export const ruleChanged = (rule: unknown) =>
  new AppError({
    code: 'stage_rule.changed',
    status: 409,
    sentence: {
      'zh-CN': '刚才有人改过或删了这条规则，看一眼再决定。',
      en: 'Somebody just changed or deleted this rule. Look at it before you decide.',
    },
    details: { rule },
  });
export const rulesChanged = () =>
  new AppError({
    code: 'stage_rule.changed',
    status: 409,
    sentence: {
      'zh-CN': '刚才有人加过或删过规则，列表已刷新，请再排一次。',
      en: 'Somebody just added or deleted a rule. The list is fresh now, please order it again.',
    },
  });
