import type { ScriptFinding } from '@nextline/contract';
import { AppError } from '../errors.ts';

/** Somebody else saved in between: the details hold theirs, so that nobody has to ask for it. */
export const changedMeanwhile = (details: Record<string, unknown>) =>
  new AppError({ code: 'script.changed_meanwhile', status: 409, sentence: '刚才有人改过这条话术，看一眼再决定留哪个。', details });
export const wrongState = (sentence = '这条话术现在的状态不能这样做，刷新看看。') =>
  new AppError({ code: 'script.wrong_state', status: 409, sentence });
export const ownReview = () => new AppError({ code: 'script.own_review', status: 409, sentence: '自己写的要请别人来审。' });
export const notReady = (findings: ScriptFinding[]) =>
  new AppError({ code: 'script.not_ready', status: 422, sentence: '还有几处要先改好。', details: { findings } });
export const notSentToMe = (sentence: string, retryAfterSeconds?: number) =>
  new AppError({ code: 'script.not_sent', status: 409, sentence, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) });
export const folderNotFound = () => new AppError({ code: 'folder.not_found', status: 404, sentence: '没有这个文件夹，它可能刚被删掉。' });
export const folderNotEmpty = () => new AppError({ code: 'folder.not_empty', status: 409, sentence: '文件夹里还有东西，先移走再删。' });
export const mediaNotFound = () => new AppError({ code: 'media.not_found', status: 404, sentence: '没有这个文件。' });
export const mediaInUse = (usedIn: { scriptId: string; title: string }[]) =>
  new AppError({
    code: 'media.in_use',
    status: 409,
    sentence: `还有 ${usedIn.length} 条话术在用它，不能删。`,
    details: { usedIn },
  });
export const importNotFound = () => new AppError({ code: 'import.not_found', status: 404, sentence: '没有这次导入。' });
export const bulkNotFound = () => new AppError({ code: 'bulk.not_found', status: 404, sentence: '没有这次批量修改。' });
export const undoTooLate = () => new AppError({ code: 'bulk.too_late', status: 409, sentence: '过了能撤销的时间。' });
