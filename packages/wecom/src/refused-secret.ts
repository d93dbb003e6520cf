import { hourMs, minuteMs } from './call-budget.ts';
import { WeComError } from './errors.ts';
import type { SecretRefusal } from './secret-store.ts';
import { wecomPaths } from './wire-shapes.ts';

const firstPauseMs = minuteMs / 2;

/**
 * What to remember of a refused gettoken: half a minute of rest, doubled each time up to an hour. Null when the refusal says nothing about
 * corp id and secret and passes by itself.
 */
export function refusalOf(error: WeComError, before: SecretRefusal | null, now: Date): SecretRefusal | null {
  const { errcode, errmsg, kind } = error;
  const passes = kind === 'transient' || kind === 'rate' || kind === 'concurrency' || kind === 'later';
  // The address is no part of what was refused, and a new one is let in within a minute.
  if (errcode === null || passes || errcode === 60020) return null;
  const times = (before?.times ?? 0) + 1;
  const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(times - 1, 10), hourMs);
  return { errcode, errmsg, askAgainAt: new Date(now.getTime() + pauseMs), times };
}

/** The same answer without asking. Null when it is time to ask again. */
export function stillRefused(refusal: SecretRefusal | null, now: Date): WeComError | null {
  const leftMs = refusal === null ? 0 : refusal.askAgainAt.getTime() - now.getTime();
  // Further away than any pause: the clock was set back.
  if (refusal === null || leftMs <= 0 || leftMs > hourMs) return null;
  const { errcode, errmsg } = refusal;
  return new WeComError({ errcode, errmsg, api: wecomPaths.getToken, kind: 'config', retryAfterMs: leftMs });
}
