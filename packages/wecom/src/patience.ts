import { WeComError } from './errors.ts';

/** How long one call may still wait for slots and turns, over all its tries. */
export type Patience = { leftMs: number };

/** What one caller asks of all its calls, beyond the settings of the client. */
export type CallTerms = {
  /** Milliseconds for which a call waits in all for a free slot before it fails with kind `rate`. */
  maxWaitMs?: number;
  /** Asked right before each try is sent; after `false` the call fails with kind `transient` and WeCom is not asked. */
  mayBegin?: () => boolean;
};

/** Who asks has no right to any more, a lease that ran out for instance. */
export function tooLate(api: string): WeComError {
  return new WeComError({ errcode: null, errmsg: 'the caller may not begin any more', api, kind: 'transient', retryAfterMs: 0 });
}

/** The end of it: WeCom is not asked. */
export function outOfPatience(api: string, retryAfterMs: number): WeComError {
  const errmsg = `no room under the limits of this API for another ${Math.ceil(retryAfterMs / 1000)} s`;
  return new WeComError({ errcode: null, errmsg, api, kind: 'rate', retryAfterMs });
}
