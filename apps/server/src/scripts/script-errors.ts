import { AppError } from '../errors.ts';
import type { Sentence } from '../sentence.ts';
import type { Finding } from './check-script.ts';

/** Somebody else saved in between: the details hold theirs, so that nobody has to ask for it. */
export const changedMeanwhile = (details: Record<string, unknown>) =>
  new AppError({
    code: 'script.changed_meanwhile',
    status: 409,
    sentence: {
      'zh-CN': '刚才有人改过这条话术，看一眼再决定留哪个。',
      en: 'Somebody just changed this script. Look at it and decide which one to keep.',
    },
    details,
  });
export const wrongState = (
  sentence: Sentence = {
    'zh-CN': '这条话术现在的状态不能这样做，刷新看看。',
    en: 'This cannot be done with the script as it stands now. Reload and look.',
  },
) => new AppError({ code: 'script.wrong_state', status: 409, sentence });
export const rulesChanged = (details: { rules: unknown; by: string | null }) =>
  new AppError({
    code: 'script_rules.changed',
    status: 409,
    sentence: {
      'zh-CN': '刚才有人存过这一页，看一眼再决定。',
      en: 'Somebody just saved this page. Look at it before you decide.',
    },
    details,
  });
export const ownReview = () =>
  new AppError({
    code: 'script.own_review',
    status: 409,
    sentence: { 'zh-CN': '自己写的要请别人来审。', en: 'Somebody else must review what you wrote.' },
  });
export const notReady = (findings: Finding[]) =>
  new AppError({
    code: 'script.not_ready',
    status: 422,
    sentence: { 'zh-CN': '还有几处要先改好。', en: 'A few things must be corrected first.' },
    details: { findings },
  });
export const notSentToMe = (sentence: Sentence, retryAfterSeconds?: number) =>
  new AppError({ code: 'script.not_sent', status: 409, sentence, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) });
export const folderNotFound = () =>
  new AppError({
    code: 'folder.not_found',
    status: 404,
    sentence: { 'zh-CN': '没有这个文件夹，它可能刚被删掉。', en: 'There is no such folder. It may just have been deleted.' },
  });
export const folderNotEmpty = () =>
  new AppError({
    code: 'folder.not_empty',
    status: 409,
    sentence: { 'zh-CN': '文件夹里还有东西，先移走再删。', en: 'There is still something in the folder. Move it before you delete it.' },
  });
export const mediaNotFound = () =>
  new AppError({ code: 'media.not_found', status: 404, sentence: { 'zh-CN': '没有这个文件。', en: 'There is no such file.' } });
export function mediaInUse(uses: { usedIn: { scriptId: string; title: string }[]; usedElsewhere: number }): AppError {
  const n = uses.usedIn.length + uses.usedElsewhere;
  return new AppError({
    code: 'media.in_use',
    status: 409,
    sentence: { 'zh-CN': `还有 ${n} 条话术在用它，不能删。`, en: `${n} scripts still use it, so it cannot be deleted.` },
    details: uses,
  });
}
export const importNotFound = () =>
  new AppError({ code: 'import.not_found', status: 404, sentence: { 'zh-CN': '没有这次导入。', en: 'There is no such import.' } });
export const bulkNotFound = () =>
  new AppError({ code: 'bulk.not_found', status: 404, sentence: { 'zh-CN': '没有这次批量修改。', en: 'There is no such bulk change.' } });
export const undoTooLate = () =>
  new AppError({
    code: 'bulk.too_late',
    status: 409,
    sentence: { 'zh-CN': '过了能撤销的时间。', en: 'The time in which it could be undone has passed.' },
  });
