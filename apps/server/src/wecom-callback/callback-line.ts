import type { KeptCallback } from '@nextline/contract';

/** One callback in one line of a terminal: when, what, about whom, how often tried, why it failed, and its name for `show` and `replay`. */
export function callbackLine({ receivedAt, event, changeType, lane, state, attempts, failure, payloadHash }: KeptCallback): string {
  const what = changeType === null ? event : `${event}/${changeType}`;
  return `${receivedAt}  ${state}  ${what}  ${lane}  试了 ${attempts} 次${failure === null ? '' : `  ${failure}`}\n  ${payloadHash}`;
}
