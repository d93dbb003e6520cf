import { AppError } from '../errors.ts';
import type { Sentence } from '../sentence.ts';

export const personNotFound = () =>
  new AppError({ code: 'person.not_found', status: 404, sentence: { 'zh-CN': '没有这位成员。', en: 'There is no such member.' } });
export const lastAdmin = () =>
  new AppError({
    code: 'person.last_admin',
    status: 409,
    sentence: {
      'zh-CN': '这是最后一位管理员。先给别人管理员，再改这一位。',
      en: 'This is the last admin. Make somebody else an admin first.',
    },
  });
export const storeNotFound = () =>
  new AppError({
    code: 'store.not_found',
    status: 404,
    sentence: { 'zh-CN': '没有这家门店，它可能刚被删掉。', en: 'There is no such store. It may just have been deleted.' },
  });
export const storeExists = (name: string) =>
  new AppError({
    code: 'store.exists',
    status: 409,
    sentence: { 'zh-CN': `已经有一家「${name}」。`, en: `There is already a “${name}”.` },
  });
export const storeInUse = (why: Sentence) => new AppError({ code: 'store.in_use', status: 409, sentence: why });
