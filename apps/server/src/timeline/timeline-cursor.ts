import type { TimelineCursor } from './timeline.store.ts';

/** Opaque to the page: where the next page begins. */
export const writeCursor = ({ at, id }: TimelineCursor): string => Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

/** Null for anything that we did not write. */
export function readCursor(text: string): TimelineCursor | null {
  const [, instant, id] = /^(\S+Z) (.+)$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  const ms = Date.parse(instant ?? '');
  return Number.isNaN(ms) || id === undefined || id.includes('\u0000') ? null : { at: new Date(ms), id };
}
