import type { ErrorCode } from '@nextline/contract';
import { forGuides, type Sentence } from './sentence.ts';

type Refusal = { code: ErrorCode; status: number; sentence: Sentence; details?: Record<string, unknown>; retryAfterSeconds?: number };

/**
 * An expected refusal: a stable code for the page, one sentence for the person, in the language of the page. `details` may hold sentences too. The
 * log and the terminal have it in Chinese. Everything else that is thrown becomes one plain 500.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly sentence: Sentence;
  readonly statusCode: number;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(refusal: Refusal) {
    super(refusal.sentence['zh-CN']);
    this.code = refusal.code;
    this.sentence = refusal.sentence;
    this.statusCode = refusal.status;
    this.details = refusal.details;
    this.retryAfterSeconds = refusal.retryAfterSeconds;
  }
}

export const sessionRequired = () =>
  new AppError({
    code: 'session.required',
    status: 401,
    sentence: { 'zh-CN': '登录过期了。重新打开侧边栏就好。', en: 'You have been signed out. Open the page again.' },
  });
export const sessionForbidden = (
  sentence: Sentence = { 'zh-CN': '你没有这个权限。需要的话请找管理员。', en: 'You may not do this. Ask an admin if you need to.' },
) => new AppError({ code: 'session.forbidden', status: 403, sentence });

export type Issue = { path: string; message: Sentence };
export const requestInvalid = (issues: Issue[]) =>
  new AppError({
    code: 'request.invalid',
    status: 400,
    sentence: { 'zh-CN': '填的内容有问题，没有保存。', en: 'Something that was filled in is not right, so nothing was saved.' },
    details: { issues },
  });
export const foreignOrigin = () =>
  new AppError({
    code: 'request.foreign_origin',
    status: 403,
    sentence: { 'zh-CN': '这个请求来自别的网站，没有处理。', en: 'This request came from another site and was not carried out.' },
  });
export const requestTooLarge = () =>
  new AppError({
    code: 'request.too_large',
    status: 413,
    sentence: { 'zh-CN': '内容太大了，没有保存。', en: 'This is too large, so nothing was saved.' },
  });
export const tooManyRequests = (retryAfterSeconds: number) =>
  new AppError({
    code: 'request.too_many',
    status: 429,
    sentence: { 'zh-CN': '点得太快了，歇几秒再试。', en: 'Too fast. Wait a few seconds and try again.' },
    retryAfterSeconds,
  });
export const routeNotFound = () =>
  new AppError({ code: 'route.not_found', status: 404, sentence: { 'zh-CN': '没有这个地址。', en: 'There is no such address.' } });

/** The same for an id that does not exist, another corp's and another guide's: nobody learns which. */
export const customerNotFound = () =>
  new AppError({
    code: 'customer.not_found',
    status: 404,
    sentence: {
      'zh-CN': '你还没有加这位客户。加为联系人后，资料会自动出现在这里。',
      en: 'You have not added this customer yet. Once you have, she appears here by herself.',
    },
  });

export const scriptNotFound = () =>
  new AppError({
    code: 'script.not_found',
    status: 404,
    sentence: { 'zh-CN': '找不到这条话术，它可能已经删掉了。', en: 'This script cannot be found. It may have been deleted.' },
  });
export const scriptRetired = () =>
  new AppError({
    code: 'script.retired',
    status: 410,
    sentence: { 'zh-CN': '这条话术已下线，换一条吧。', en: 'This script was retired. Choose another one.' },
  });
export const variableUnresolved = (variables: string[]) =>
  new AppError({
    code: 'variable.unresolved',
    status: 422,
    sentence: {
      'zh-CN': `还缺${variables.map((name) => `「${name}」`).join('')}，补上再发。`,
      en: `Missing: ${variables.join(', ')}. Fill it in before you send.`,
    },
    details: { variables },
  });

export type GuardCode = 'guard.cap' | 'guard.quiet_hours' | 'guard.opted_out';
/** `sentence` names the rule and when it ends, so it comes from the rule itself. */
export const guardRefused = (code: GuardCode, sentence: string, details: Record<string, unknown>) =>
  new AppError({ code, status: 409, sentence: forGuides(sentence), details });

export const tagNotFound = () =>
  new AppError({
    code: 'tag.not_found',
    status: 404,
    sentence: { 'zh-CN': '没有这个标签，它可能刚被删掉。', en: 'There is no such tag. It may just have been deleted.' },
  });
export const tagRejected = (reason: Sentence) =>
  new AppError({
    code: 'tag.rejected',
    status: 409,
    sentence: { 'zh-CN': `企业微信没有收下这个标签：${reason['zh-CN']}`, en: `WeCom did not take this tag: ${reason.en}` },
    details: { reason },
  });
export const unsureWriteNotFound = () =>
  new AppError({
    code: 'write.not_found',
    status: 404,
    sentence: { 'zh-CN': '这一条已经有人处理过了。', en: 'Somebody has already dealt with this one.' },
  });
export const unsureOvertaken = () =>
  new AppError({
    code: 'write.overtaken',
    status: 409,
    sentence: {
      'zh-CN': '之后又改过同样的标签，按后来的为准；这一条记为已写入就好。',
      en: 'The same tags were changed again later, and that counts. Mark this one as written.',
    },
  });
export const mediaUnavailable = (title: string) =>
  new AppError({
    code: 'media.unavailable',
    status: 503,
    sentence: {
      'zh-CN': `「${title}」的文件现在传不上企业微信，过一会儿再发。`,
      en: `The file “${title}” cannot be uploaded to WeCom right now. Send it a little later.`,
    },
    details: { title },
    retryAfterSeconds: 10,
  });
export const wecomUnavailable = () =>
  new AppError({
    code: 'wecom.unavailable',
    status: 503,
    sentence: { 'zh-CN': '企业微信现在连不上，过一会儿再试。', en: 'WeCom cannot be reached. Try again in a while.' },
    retryAfterSeconds: 10,
  });
export const storeUnavailable = () =>
  new AppError({
    code: 'store.unavailable',
    status: 503,
    sentence: { 'zh-CN': '数据库正在恢复，几秒后再试。', en: 'The database is recovering. Try again in a few seconds.' },
    retryAfterSeconds: 3,
  });
export const serverBusy = () =>
  new AppError({
    code: 'server.busy',
    status: 503,
    sentence: { 'zh-CN': '服务器正忙，几秒后再试。', en: 'The server is busy. Try again in a few seconds.' },
    retryAfterSeconds: 3,
  });
export const unexpected = (requestId: string) =>
  new AppError({
    code: 'server.unexpected',
    status: 500,
    sentence: {
      'zh-CN': '出了点问题，已经记下。再试一次，还不行就把编号发给管理员。',
      en: 'Something went wrong and was noted. Try again; if it stays, give the number to an admin.',
    },
    details: { requestId },
  });
