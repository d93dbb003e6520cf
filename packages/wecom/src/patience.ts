import { WeComError } from './errors.ts';

/** How long one call may still wait for slots and turns, over all its tries. */
export type Patience = { leftMs: number };

/** The end of it: WeCom is not asked. */
export function outOfPatience(api: string, retryAfterMs: number): WeComError {
  const errmsg = `no room under the limits of this API for another ${Math.ceil(retryAfterMs / 1000)} s`;
  return new WeComError({ errcode: null, errmsg, api, kind: 'rate', retryAfterMs });
}
