import { instant, opaqueId } from '@nextline/contract';
import { z } from 'zod';

/** Where the next page begins: the sort key of the last row that was shown. Opaque to the page. */
export const writeCursor = (place: readonly string[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Null for anything that we did not write: what comes back goes into a statement. */
export function readCursor<T>(cursor: string, place: z.ZodType<T>): T | null {
  try {
    const read = place.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** How most lists are ordered. */
export const momentAndId = z.tuple([instant.transform((text) => new Date(text)), opaqueId]);
