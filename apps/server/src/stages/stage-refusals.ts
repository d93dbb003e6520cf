import { AppError } from '../errors.ts';

export const stageNotFound = () => new AppError({ code: 'stage.not_found', status: 404, sentence: '没有这个阶段，它可能刚被改过。' });
export const stageNameTaken = (name: string) =>
  new AppError({ code: 'stage.name_taken', status: 409, sentence: `已经有「${name}」这个阶段了，换个名字。`, details: { field: 'name' } });
export const pipelineChanged = () =>
  new AppError({ code: 'stage.changed', status: 409, sentence: '刚才有人改过阶段，列表已刷新，请再排一次。' });
export const lastStage = () => new AppError({ code: 'stage.last', status: 409, sentence: '至少留一个阶段。' });
export const ruleNotFound = () => new AppError({ code: 'stage_rule.not_found', status: 404, sentence: '没有这条规则，它可能刚被删掉。' });
