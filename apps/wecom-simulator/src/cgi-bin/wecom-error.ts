import { randomBytes } from 'node:crypto';

/** WeCom's own words per code. A program must never match on them, people read them. */
const words: Record<number, string> = {
  [-1]: 'system error',
  6000: 'data version conflict',
  40001: 'invalid credential',
  40003: 'invalid userid',
  40004: 'invalid media type',
  40005: 'invalid file type',
  40006: 'invalid media size',
  40007: 'invalid media_id',
  40008: 'invalid msgtype',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40035: 'invalid parameter',
  40056: 'invalid agentid',
  40058: 'invalid Request Parameter',
  40068: 'invalid tagid',
  40071: 'invalid tagname',
  40096: 'invalid external userid',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'secret missing',
  41005: 'missing media data',
  41006: 'media_id missing',
  41008: 'code missing',
  41009: 'userid missing',
  41035: 'missing external userid',
  41048: 'no customer to send',
  41050: 'invalid welcome code',
  41051: 'external user has started chatting',
  41053: 'external user has not agreed to msg audit',
  41063: 'msg is being dispatched',
  41096: 'welcome msg is being distributed',
  42001: 'access_token expired',
  42003: 'code expired',
  42022: 'code has been used',
  43001: 'require GET method',
  43002: 'require POST method',
  44004: 'content is empty',
  45009: 'api freq out of limit',
  45033: 'reach max concurrency limit',
  48002: 'api forbidden',
  50001: 'redirect_url do not match in trusted domain',
  301002: 'not allow operate another agent with this accesstoken',
  60003: 'invalid department id',
  60011: 'no privilege to access/modify contact/party/agent',
  60020: 'not allow to access from your ip',
  60111: 'userid not found',
  81011: 'no privilege to modify tag',
  81013: 'user & party & tag all invalid',
  84061: 'not external contact',
  84074: 'no privilege of external contact',
  701008: 'all users are unlicensed',
};

/** A refusal of the server API, thrown by whoever notices and answered with HTTP 200, as WeCom does. */
export class WeComError extends Error {
  readonly errcode: number;

  /** `detail` goes behind WeCom's words, `words` replaces them. */
  constructor(errcode: number, options: { detail?: string; words?: string | undefined } = {}) {
    const text = options.words ?? words[errcode] ?? 'error';
    super(options.detail === undefined ? text : `${text} ${options.detail}`);
    this.errcode = errcode;
  }
}

/** `{errcode, errmsg}` in WeCom's form, with a hint to quote to their support. `now` in milliseconds. */
export function errorReply(error: WeComError, ip: string, now: number): { errcode: number; errmsg: string } {
  const hint = `${Math.floor(now / 1000)}_28_${randomBytes(16).toString('hex')}`;
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${error.errcode}`;
  return { errcode: error.errcode, errmsg: `${error.message}, hint: [${hint}], from ip: ${ip}, ${more}` };
}
