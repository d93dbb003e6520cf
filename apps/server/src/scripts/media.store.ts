import type { MediaRef } from '@nextline/contract';
import { and, type AnyColumn, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { notAgainWithinMs } from './media-life.ts';
import { media, mediaUploads } from './scripts.table.ts';

export type UploadKind = 'image' | 'video' | 'file';
export type StoredMedia = MediaRef & { bytes: Buffer };

export async function insertMedia(
  db: Queryable,
  corpId: string,
  file: StoredMedia & { width?: number; height?: number; thumbnail?: Buffer },
  now: Date,
): Promise<void> {
  await db
    .insert(media)
    .values({ corpId, ...file, storedAt: now })
    .onConflictDoNothing();
}

const refColumns = { sha256: media.sha256, fileName: media.fileName, contentType: media.contentType, byteSize: media.byteSize };

export async function findMedia(db: Queryable, sha256: string): Promise<StoredMedia | null> {
  const [found] = await db
    .select({ ...refColumns, bytes: media.bytes })
    .from(media)
    .where(eq(media.sha256, sha256));
  return found ?? null;
}

export async function findMediaRef(db: Queryable, sha256: string): Promise<MediaRef | null> {
  const [found] = await db.select(refColumns).from(media).where(eq(media.sha256, sha256));
  return found ?? null;
}

/** Only the asked bytes leave the database: a video is read in pieces. Both ends inclusive. */
export async function readMediaBytes(db: Queryable, sha256: string, from: number, to: number): Promise<Buffer | null> {
  const [found] = await db
    .select({ bytes: sql<Buffer>`substring(${media.bytes} FROM ${from + 1} FOR ${to - from + 1})` })
    .from(media)
    .where(eq(media.sha256, sha256));
  return found?.bytes ?? null;
}

export async function findThumbnail(db: Queryable, sha256: string): Promise<{ thumbnail: Buffer | null; contentType: string } | null> {
  const [found] = await db
    .select({ thumbnail: media.thumbnail, contentType: media.contentType })
    .from(media)
    .where(eq(media.sha256, sha256));
  return found ?? null;
}

export async function saveThumbnail(
  db: Queryable,
  sha256: string,
  picture: { width: number; height: number; thumbnail: Buffer },
): Promise<void> {
  await db.update(media).set(picture).where(eq(media.sha256, sha256));
}

export async function knownMedia(db: Queryable, hashes: string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  // Held to the end of the transaction: a file that is being put into a script is not deleted meanwhile.
  const rows = await db.select({ sha256: media.sha256 }).from(media).where(inArray(media.sha256, hashes)).for('key share');
  return new Set(rows.map((row) => row.sha256));
}

export async function readPictureSizes(db: Queryable, hashes: string[]): Promise<Map<string, { width: number; height: number }>> {
  if (hashes.length === 0) return new Map();
  const { sha256, width, height } = media;
  const rows = await db.select({ sha256, width, height }).from(media).where(inArray(media.sha256, hashes));
  return new Map(
    rows.flatMap((row) =>
      row.width === null || row.height === null ? [] : [[row.sha256, { width: row.width, height: row.height }] as const],
    ),
  );
}

/** By the column and the time of our own clock, which may have been set back since. */
export const broughtLately = (broughtAt: AnyColumn | SQL, now: Date): SQL =>
  sql`abs(extract(epoch FROM ${broughtAt} - ${now.toISOString()}::timestamptz)) < ${notAgainWithinMs / 1000}`;

/** WeCom's id for the file, if it lives beyond `until` or has just been brought. */
export async function findUpload(
  db: Queryable,
  { agentId, sha256, kind }: { agentId: string; sha256: string; kind: UploadKind },
  { now, until }: { now: Date; until: Date },
): Promise<string | null> {
  const isThis = and(eq(mediaUploads.sha256, sha256), eq(mediaUploads.agentId, agentId), eq(mediaUploads.kind, kind));
  const [found] = await db
    .select({ mediaId: mediaUploads.mediaId })
    .from(mediaUploads)
    .where(and(isThis, or(gt(mediaUploads.diesAt, until), broughtLately(mediaUploads.broughtAt, now))));
  return found?.mediaId ?? null;
}

export async function upsertUpload(tx: Queryable, upload: typeof mediaUploads.$inferInsert): Promise<void> {
  await tx
    .insert(mediaUploads)
    .values(upload)
    .onConflictDoUpdate({
      target: [mediaUploads.corpId, mediaUploads.sha256, mediaUploads.agentId, mediaUploads.kind],
      set: { mediaId: upload.mediaId, uploadedAt: upload.uploadedAt, diesAt: upload.diesAt, broughtAt: upload.broughtAt },
    });
}
