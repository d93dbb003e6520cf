import type { ErrorCode } from '@nextline/contract';

type Refusal = { code: ErrorCode; status: number; sentence: string; details?: Record<string, unknown>; retryAfterSeconds?: number };

/** An expected refusal: a stable code for the page, one sentence for the person. Everything else that is thrown becomes one plain 500. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly statusCode: number;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(refusal: Refusal) {
    super(refusal.sentence);
    this.code = refusal.code;
    this.statusCode = refusal.status;
    this.details = refusal.details;
    this.retryAfterSeconds = refusal.retryAfterSeconds;
  }
}

export const sessionRequired = () => new AppError({ code: 'session.required', status: 401, sentence: '登录过期了。重新打开侧边栏就好。' });
export const sessionForbidden = (sentence = '你没有这个权限。需要的话请找管理员。') =>
  new AppError({ code: 'session.forbidden', status: 403, sentence });

export type Issue = { path: string; message: string };
export const requestInvalid = (issues: Issue[]) =>
  new AppError({ code: 'request.invalid', status: 400, sentence: '填的内容有问题，没有保存。', details: { issues } });
export const foreignOrigin = () =>
  new AppError({ code: 'request.foreign_origin', status: 403, sentence: '这个请求来自别的网站，没有处理。' });
export const requestTooLarge = () => new AppError({ code: 'request.too_large', status: 413, sentence: '内容太大了，没有保存。' });
export const tooManyRequests = (retryAfterSeconds: number) =>
  new AppError({ code: 'request.too_many', status: 429, sentence: '点得太快了，歇几秒再试。', retryAfterSeconds });
export const routeNotFound = () => new AppError({ code: 'route.not_found', status: 404, sentence: '没有这个地址。' });

/** The same for an id that does not exist, another corp's and another guide's: nobody learns which. */
export const customerNotFound = () =>
  new AppError({ code: 'customer.not_found', status: 404, sentence: '你还没有加这位客户。加为联系人后，资料会自动出现在这里。' });

export const scriptNotFound = () => new AppError({ code: 'script.not_found', status: 404, sentence: '找不到这条话术，它可能已经删掉了。' });
export const scriptRetired = () => new AppError({ code: 'script.retired', status: 410, sentence: '这条话术已下线，换一条吧。' });
export const variableUnresolved = (variables: string[]) =>
  new AppError({
    code: 'variable.unresolved',
    status: 422,
    sentence: `还缺${variables.map((name) => `「${name}」`).join('')}，补上再发。`,
    details: { variables },
  });

export type GuardCode = 'guard.cap' | 'guard.quiet_hours' | 'guard.opted_out';
/** `sentence` names the rule and when it ends, so it comes from the rule itself. */
export const guardRefused = (code: GuardCode, sentence: string, details: Record<string, unknown>) =>
  new AppError({ code, status: 409, sentence, details });

export const tagNotFound = () => new AppError({ code: 'tag.not_found', status: 404, sentence: '没有这个标签，它可能刚被删掉。' });
export const tagRejected = (reason: string) =>
  new AppError({ code: 'tag.rejected', status: 409, sentence: `企业微信没有收下这个标签：${reason}`, details: { reason } });
export const unsureWriteNotFound = () => new AppError({ code: 'write.not_found', status: 404, sentence: '这一条已经有人处理过了。' });
export const unsureOvertaken = () =>
  new AppError({ code: 'write.overtaken', status: 409, sentence: '之后又改过同样的标签，按后来的为准；这一条记为已写入就好。' });
export const mediaUnavailable = (title: string) =>
  new AppError({
    code: 'media.unavailable',
    status: 503,
    sentence: `「${title}」的文件现在传不上企业微信，过一会儿再发。`,
    details: { title },
    retryAfterSeconds: 10,
  });
export const wecomUnavailable = () =>
  new AppError({ code: 'wecom.unavailable', status: 503, sentence: '企业微信现在连不上，过一会儿再试。', retryAfterSeconds: 10 });
export const storeUnavailable = () =>
  new AppError({ code: 'store.unavailable', status: 503, sentence: '数据库正在恢复，几秒后再试。', retryAfterSeconds: 3 });
export const serverBusy = () =>
  new AppError({ code: 'server.busy', status: 503, sentence: '服务器正忙，几秒后再试。', retryAfterSeconds: 3 });
export const unexpected = (requestId: string) =>
  new AppError({
    code: 'server.unexpected',
    status: 500,
    sentence: '出了点问题，已经记下。再试一次，还不行就把编号发给管理员。',
    details: { requestId },
  });
