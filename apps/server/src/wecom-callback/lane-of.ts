import type { CallbackEvent } from '@nextline/wecom';

/**
 * What must be worked in order. One customer is one lane: two relations of hers are read from WeCom in one answer. Events that we only
 * keep have a lane each, so that none waits for another.
 */
export function laneOf(event: CallbackEvent, payloadHash: string): string {
  if ('externalUserId' in event && event.externalUserId !== null) return `customer:${event.externalUserId}`;
  if (event.kind.startsWith('tag.')) return 'tag:*';
  if (event.kind.startsWith('department.')) return 'department:*';
  if (event.kind.startsWith('staff.') && 'userId' in event) return `staff:${event.userId}`;
  return `event:${payloadHash.slice(0, 16)}`;
}

/** What can happen to the same thing twice within a second. */
const repeatable: ReadonlySet<CallbackEvent['kind']> = new Set([
  'customer.edited',
  'tag.changed',
  'tag.reordered',
  'staff.updated',
  'department.updated',
]);

/**
 * WeCom stamps events to the second, and two edits within one second are the same text: the second is taken for a repeat of the first.
 * Read a second later, WeCom's state holds both.
 */
export const waitBeforeApplyingMs = (event: CallbackEvent): number => (repeatable.has(event.kind) ? 1000 : 0);

/**
 * How much longer an edit may wait while questions about customers run short: what comes about her meanwhile is answered by the same look. Guides who
 * tag all day can use up what WeCom lets a corp ask in an hour; then whoever was just added, or whose card a guide opens, must not stand in line behind
 * what somebody typed into a remark.
 */
export const mayWaitMs = (event: CallbackEvent): number => (event.kind === 'customer.edited' ? 9000 : 0);

/** Carries a code for a welcome message, which can be used for 20 s. */
export const isUrgent = (event: CallbackEvent): boolean => 'welcomeCode' in event && event.welcomeCode !== null;
