import { WeComError } from './errors.ts';

/** How long one call may still wait for slots and turns, over all its tries; a `signal` ends the wait at once. */
export type Patience = { leftMs: number; signal?: AbortSignal | undefined };

/** What one caller asks of all its calls, beyond the settings of the client. */
export type CallTerms = {
  /** Milliseconds for which a call waits in all for a free slot before it fails with kind `rate`. */
  maxWaitMs?: number;
  /** Ends a wait for a slot, and begins no further try: the caller stops. */
  signal?: AbortSignal;
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

/** Sleeps, but not on when the caller stops. */
export async function sleepPatiently(sleep: (ms: number) => Promise<void>, ms: number, { signal }: Patience): Promise<void> {
  if (signal === undefined) return sleep(ms);
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const onAbort = () => stop();
  signal.addEventListener('abort', onAbort, { once: true });
  if (!signal.aborted) await Promise.race([sleep(ms), stopped]);
  signal.removeEventListener('abort', onAbort);
}
