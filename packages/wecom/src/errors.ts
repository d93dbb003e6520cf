/**
 * What to do about a failed call (reference: WeCom error code table):
 * - `transient`: WeCom or the network hiccuped; try again with back-off (the client already did, when the call was safe to repeat).
 *   With `retryAfterMs`: WeCom has not been answering, so it was not asked.
 * - `token`: the token or ticket died and even a fresh one was refused; let the next run try again, then look at the app's secret.
 * - `rate`: over the frequency limit; leave this API alone for `retryAfterMs`. With `errcode` null our own budget said so and WeCom
 *   was not asked.
 * - `concurrency`: too many calls at once on this API, even after the client went on with fewer in parallel; try again later.
 * - `later`: WeCom is still working on an earlier request; try again after a delay.
 * - `eventual`: no such relation yet, or not any more; right after an add event try again, otherwise the relation is gone.
 * - `config`: somebody must change a setting in WeCom's console; never retry, tell the administrator.
 * - `caller`: we asked wrongly (bad parameter, dead code, dead media); never retry.
 * - `business`: a rule of WeCom's says no; show it to the user.
 * - `unknown`: not in the table; do not retry, record it.
 */
export type WeComErrorKind =
  | 'transient'
  | 'token'
  | 'rate'
  | 'concurrency'
  | 'later'
  | 'eventual'
  | 'config'
  | 'caller'
  | 'business'
  | 'unknown';

/** No usable answer: refused or reset connection, no answer in time, an HTTP status, or a body that is not JSON. */
export type HttpFailure = 'network' | 'timeout' | 'not_json' | { status: number };

const codesByKind: Record<Exclude<WeComErrorKind, 'unknown'>, readonly number[]> = {
  transient: [-1, 6000],
  token: [42001, 40014],
  rate: [45009],
  concurrency: [45033],
  later: [41063, 41079, 41096, 301058],
  eventual: [84061],
  config: [60020, 40001, 40013, 48002, 60011, 50001, 80001, 301002, 701008],
  caller: [40058, 40035, 40096, 40068, 40029, 42003, 42022, 40093, 42012, 40007],
  business: [41048, 41050, 41051, 41053, 40126, 41045, 40128],
};

const kindOfCode = new Map<number, WeComErrorKind>();
for (const kind of Object.keys(codesByKind) as (keyof typeof codesByKind)[]) {
  for (const code of codesByKind[kind]) kindOfCode.set(code, kind);
}

/** Names what to do about an errcode or about the lack of an answer. See `WeComErrorKind` for what each means. */
export function classify(failure: number | HttpFailure): WeComErrorKind {
  return typeof failure === 'number' ? (kindOfCode.get(failure) ?? 'unknown') : 'transient';
}

/** A call that WeCom refused, or that got no usable answer (`errcode` null). Its text carries no token and no secret. */
export class WeComError extends Error {
  override readonly name = 'WeComError';
  readonly errcode: number | null;
  readonly errmsg: string;
  /** The path that was called, e.g. `/cgi-bin/externalcontact/get`. */
  readonly api: string;
  readonly kind: WeComErrorKind;
  /** Earlier is in vain. Null: not known; back off. */
  readonly retryAfterMs: number | null;

  constructor(failure: { errcode: number | null; errmsg: string; api: string; kind: WeComErrorKind; retryAfterMs?: number }) {
    const { errcode, retryAfterMs } = failure;
    super(`${failure.api}: ${errcode ?? (retryAfterMs === undefined ? 'no answer' : 'not asked')} ${failure.errmsg}`);
    this.errcode = failure.errcode;
    this.errmsg = failure.errmsg;
    this.api = failure.api;
    this.kind = failure.kind;
    this.retryAfterMs = failure.retryAfterMs ?? null;
  }
}

/** WeCom said yes and left out what makes it an answer: taken as it is, it would say that there is nobody. */
export function incomplete(api: string, lacks: string): WeComError {
  return new WeComError({ errcode: null, errmsg: `the answer lacks ${lacks}`, api, kind: 'transient' });
}
