import type { CallbackEvent } from '@nextline/wecom';

/**
 * What applying an event comes to, when it comes to nothing but looking: two of the same that arrived before the look are answered by one.
 * Null for what also says something that no look can show, such as who ended a relation, or that one has begun which is not to be seen yet.
 */
export function sameWork(event: CallbackEvent): string | null {
  switch (event.kind) {
    case 'customer.edited':
    case 'customer.archiveAgreed':
    case 'customer.transferFailed':
      return `customer ${event.externalUserId}`;
    case 'tag.created':
    case 'tag.changed':
    case 'tag.deleted':
    case 'tag.reordered':
      return 'tags';
    case 'department.created':
    case 'department.updated':
    case 'department.deleted':
      return 'departments';
    default:
      return null;
  }
}
