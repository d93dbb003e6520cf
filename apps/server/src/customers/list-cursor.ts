import type { ListPlace } from './find-customers.store.ts';

/** Opaque to the page: where the next page begins. */
export const writeListCursor = ({ at, externalUserId }: ListPlace): string => Buffer.from(`${at} ${externalUserId}`).toString('base64url');

/** Null for anything that we did not write. */
export function readListCursor(text: string): ListPlace | null {
  const [, at, externalUserId] =
    /^([12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([^\u0000-\u001f\u007f]{1,128})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  return at === undefined || externalUserId === undefined || Number.isNaN(Date.parse(at)) ? null : { at, externalUserId };
}
