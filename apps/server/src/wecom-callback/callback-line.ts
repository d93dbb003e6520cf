import type { StoredCallback } from './inbox-list.store.ts';

/** One callback in one line of a terminal: when, what, about whom, how often tried, why it failed, and its name for `show` and `replay`. */
export function callbackLine({ receivedAt, event, changeType, lane, state, attempts, failure, payloadHash }: StoredCallback): string {
  const what = changeType === null ? event : `${event}/${changeType}`;
  return `${receivedAt}  ${state}  ${what}  ${lane}  试了 ${attempts} 次${failure === null ? '' : `  ${failure['zh-CN']}`}\n  ${payloadHash}`;
}
