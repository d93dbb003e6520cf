import { AppError } from '../errors.ts';

export const personNotFound = () => new AppError({ code: 'person.not_found', status: 404, sentence: '没有这位成员。' });
export const lastAdmin = () =>
  new AppError({ code: 'person.last_admin', status: 409, sentence: '这是最后一位管理员。先给别人管理员，再改这一位。' });
export const storeNotFound = () => new AppError({ code: 'store.not_found', status: 404, sentence: '没有这家门店，它可能刚被删掉。' });
export const storeExists = (name: string) => new AppError({ code: 'store.exists', status: 409, sentence: `已经有一家「${name}」。` });
export const storeInUse = (why: string) => new AppError({ code: 'store.in_use', status: 409, sentence: why });
