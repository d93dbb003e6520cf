import { and, desc, eq, like, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import type { UploadKind } from './media.store.ts';
import { withinReach } from './script-editing.store.ts';
import type { Reach } from './script-reach.ts';
import { media, mediaUploads, scripts } from './scripts.table.ts';

export type MediaPlace = { storedAt: Date; sha256: string };

const ofKind = (kind: UploadKind | undefined): SQL | undefined => {
  if (kind === undefined) return undefined;
  if (kind !== 'file') return like(media.contentType, `${kind}/%`);
  return sql`${media.contentType} NOT LIKE 'image/%' AND ${media.contentType} NOT LIKE 'video/%'`;
};

/** All but the bytes. */
const columns = {
  sha256: media.sha256,
  fileName: media.fileName,
  contentType: media.contentType,
  byteSize: media.byteSize,
  width: media.width,
  height: media.height,
  storedAt: media.storedAt,
};

/** Newest first. */
export async function readMediaPage(db: Queryable, kind: UploadKind | undefined, after: MediaPlace | null, limit: number) {
  const beyond =
    after && sql`(${media.storedAt}, ${media.sha256}) < (${after.storedAt.toISOString()}::timestamptz, ${after.sha256}::text COLLATE "C")`;
  return db
    .select(columns)
    .from(media)
    .where(and(ofKind(kind), beyond ?? undefined))
    .orderBy(desc(media.storedAt), desc(media.sha256))
    .limit(limit);
}
export type MediaLine = Awaited<ReturnType<typeof readMediaPage>>[number];

export async function findMediaLine(db: Queryable, sha256: string, lock = false): Promise<MediaLine | null> {
  const query = db.select(columns).from(media).where(eq(media.sha256, sha256));
  const [found] = await (lock ? query.for('update') : query);
  return found ?? null;
}

export async function countMedia(db: Queryable, kind: UploadKind | undefined): Promise<number> {
  const [row] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(media)
    .where(ofKind(kind));
  return row?.total ?? 0;
}

export type MediaUses = { usedIn: { scriptId: string; title: string }[]; usedElsewhere: number };
export const unused: MediaUses = { usedIn: [], usedElsewhere: 0 };

/**
 * Scripts whose draft or any version holds one of these files: a version is never changed, and a send that is taken up again needs its files. Those outside of
 * somebody's reach keep it as well, and are only counted.
 */
export async function readMediaUses(db: Queryable, reach: Reach, hashes: string[]): Promise<Map<string, MediaUses>> {
  if (hashes.length === 0) return new Map();
  const wanted = sql`ARRAY[${sql.join(
    hashes.map((hash) => sql`${hash}`),
    sql`, `,
  )}]::text[]`;
  const { rows } = await db.execute<{ sha256: string; script_id: string; title: string; seen: boolean }>(sql`
    SELECT DISTINCT ON (sha256, script_id) sha256, script_id, title, EXISTS (SELECT FROM ${scripts} WHERE ${scripts.scriptId} = held.script_id AND ${withinReach(reach)}) AS seen
    FROM (
      SELECT hash.value #>> '{}' AS sha256, v.script_id, v.title, v.version
      FROM script_versions v, jsonb_path_query(v.parts, '$[*].*.sha256') AS hash(value)
      UNION ALL
      SELECT hash.value #>> '{}', d.script_id, d.content->>'title', d.version
      FROM script_drafts d, jsonb_path_query(d.content->'parts', '$[*].*.sha256') AS hash(value)) AS held
    WHERE sha256 = ANY(${wanted}) ORDER BY sha256, script_id, version DESC`);
  const uses = new Map<string, MediaUses>();
  for (const { sha256, script_id: scriptId, title, seen } of rows) {
    const { usedIn, usedElsewhere } = uses.get(sha256) ?? unused;
    uses.set(sha256, { usedIn: seen ? [...usedIn, { scriptId, title }] : usedIn, usedElsewhere: usedElsewhere + (seen ? 0 : 1) });
  }
  return uses;
}

export async function deleteMedia(tx: Queryable, sha256: string): Promise<void> {
  await tx.delete(mediaUploads).where(eq(mediaUploads.sha256, sha256));
  await tx.delete(media).where(eq(media.sha256, sha256));
}
