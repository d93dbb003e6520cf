import type { Part, Purpose, ScriptFolder } from '@nextline/contract';
import { and, asc, desc, eq, isNotNull, isNull, max, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import {
  libraryVersions,
  missingScripts,
  scriptFavourites,
  type ScriptFit,
  scriptFolders,
  scripts,
  scriptUses,
  scriptVersions,
} from './scripts.table.ts';

export type StoredScript = {
  scriptId: string;
  version: number;
  folderId: string;
  title: string;
  titlePinyin: string;
  keywords: string[];
  purpose: Purpose;
  parts: Part[];
  fit: ScriptFit;
  defaults: Record<string, string>;
  scope: 'company' | 'store' | 'personal';
  storeIds: string[];
  ownerUserId: string | null;
  validFrom: Date | null;
  validUntil: Date | null;
  publishedAt: Date;
};

/** On which channel servers hear that guides have something new to see; the payload is the corp. */
export const libraryChannel = 'nextline_library';

export async function readLibraryVersion(db: Queryable): Promise<number> {
  const [row] = await db.select({ version: libraryVersions.version }).from(libraryVersions);
  return row?.version ?? 0;
}

/** Raises the counter, holds its row to the end of the transaction (publishers take turns) and tells all servers. */
export async function raiseLibraryVersion(tx: Queryable, corpId: string, now: Date): Promise<void> {
  await tx
    .insert(libraryVersions)
    .values({ corpId, version: 1, changedAt: now })
    .onConflictDoUpdate({ target: libraryVersions.corpId, set: { version: sql`${libraryVersions.version} + 1`, changedAt: now } });
  // Told when the transaction commits, and not at all when it does not.
  await tx.execute(sql`SELECT pg_notify(${libraryChannel}, ${corpId})`);
}

export async function readFolders(db: Queryable): Promise<ScriptFolder[]> {
  const { folderId, parentId, name, position } = scriptFolders;
  return db.select({ folderId, parentId, name, position }).from(scriptFolders).orderBy(asc(position), asc(folderId));
}

export async function upsertFolder(db: Queryable, corpId: string, folder: ScriptFolder): Promise<void> {
  const { name, parentId, position } = folder;
  await db
    .insert(scriptFolders)
    .values({ corpId, ...folder })
    .onConflictDoUpdate({ target: [scriptFolders.corpId, scriptFolders.folderId], set: { name, parentId, position } });
}

/** Every script that guides have, in the version they see, whatever its dates. */
export async function readPublished(db: Queryable): Promise<StoredScript[]> {
  const rows = await db
    .select({
      scriptId: scripts.scriptId,
      version: scriptVersions.version,
      folderId: scripts.folderId,
      title: scriptVersions.title,
      titlePinyin: scriptVersions.titlePinyin,
      keywords: scriptVersions.keywords,
      purpose: scriptVersions.purpose,
      parts: scriptVersions.parts,
      fit: scriptVersions.fit,
      defaults: scriptVersions.defaults,
      scope: scripts.scope,
      storeIds: scripts.storeIds,
      ownerUserId: scripts.ownerUserId,
      validFrom: scripts.validFrom,
      validUntil: scripts.validUntil,
      publishedAt: scriptVersions.publishedAt,
    })
    .from(scripts)
    .innerJoin(
      scriptVersions,
      and(
        eq(scriptVersions.corpId, scripts.corpId),
        eq(scriptVersions.scriptId, scripts.scriptId),
        eq(scriptVersions.version, scripts.publishedVersion),
      ),
    )
    .where(isNull(scripts.retiredAt))
    .orderBy(asc(scripts.scriptId));
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt ?? new Date(0) }));
}

export type ScriptState = {
  publishedVersion: number | null;
  retiredAt: Date | null;
  scope: StoredScript['scope'];
  storeIds: string[];
  ownerUserId: string | null;
  validFrom: Date | null;
  validUntil: Date | null;
};

export type FoundVersion = Pick<StoredScript, 'version' | 'title' | 'purpose' | 'parts' | 'fit' | 'defaults'> & {
  publishedAt: Date | null;
};

const scriptState = {
  publishedVersion: scripts.publishedVersion,
  retiredAt: scripts.retiredAt,
  scope: scripts.scope,
  storeIds: scripts.storeIds,
  ownerUserId: scripts.ownerUserId,
  validFrom: scripts.validFrom,
  validUntil: scripts.validUntil,
};
const versionState = {
  version: scriptVersions.version,
  title: scriptVersions.title,
  purpose: scriptVersions.purpose,
  parts: scriptVersions.parts,
  fit: scriptVersions.fit,
  defaults: scriptVersions.defaults,
  publishedAt: scriptVersions.publishedAt,
};

/** A script as it stands, and the version of it that is asked for, if there is one. */
export async function findScript(
  db: Queryable,
  scriptId: string,
  version: number,
): Promise<{ script: ScriptState; version: FoundVersion | null } | null> {
  const [found] = await db
    .select({ script: scriptState, version: versionState })
    .from(scripts)
    .leftJoin(
      scriptVersions,
      and(eq(scriptVersions.corpId, scripts.corpId), eq(scriptVersions.scriptId, scripts.scriptId), eq(scriptVersions.version, version)),
    )
    .where(eq(scripts.scriptId, scriptId));
  return found ?? null;
}

export async function findVersion(db: Queryable, scriptId: string, version: number): Promise<FoundVersion | null> {
  const [found] = await db
    .select(versionState)
    .from(scriptVersions)
    .where(and(eq(scriptVersions.scriptId, scriptId), eq(scriptVersions.version, version)));
  return found ?? null;
}

export async function newestVersion(db: Queryable, scriptId: string): Promise<number> {
  const [row] = await db
    .select({ version: max(scriptVersions.version) })
    .from(scriptVersions)
    .where(eq(scriptVersions.scriptId, scriptId));
  return row?.version ?? 0;
}

export async function insertVersion(tx: Queryable, version: typeof scriptVersions.$inferInsert): Promise<void> {
  await tx.insert(scriptVersions).values(version);
}

export async function upsertScript(tx: Queryable, script: typeof scripts.$inferInsert): Promise<void> {
  const { createdAt: _kept, corpId: _corp, scriptId: _id, ...set } = script;
  await tx
    .insert(scripts)
    .values(script)
    .onConflictDoUpdate({ target: [scripts.corpId, scripts.scriptId], set });
}

export type ScriptStats = { uses: number; replies: number | null };

/**
 * How often each script reached somebody since then, and after how many of those she replied within three days: null while no reply has ever been told.
 * Reads the ledger: once a day, in the background.
 */
export async function readScriptStats(db: Queryable, since: Date): Promise<Map<string, ScriptStats>> {
  const { rows } = await db.execute<{ script_id: string; uses: number; replies: number | null }>(sql`
    SELECT t.script_id, count(*)::int AS uses,
      CASE WHEN EXISTS (SELECT FROM outcomes WHERE kind = 'reply') THEN count(*) FILTER (WHERE EXISTS (
        SELECT FROM outcomes o WHERE o.corp_id = t.corp_id AND o.external_user_id = t.external_user_id AND o.kind = 'reply'
          AND o.occurred_at > t.touched_at AND o.occurred_at <= t.touched_at + interval '3 days'))::int END AS replies
    FROM touches t WHERE t.script_id IS NOT NULL AND t.touched_at >= ${since.toISOString()}::timestamptz GROUP BY t.script_id`);
  return new Map(rows.map((row) => [row.script_id, { uses: row.uses, replies: row.replies }]));
}

export async function readFavourites(db: Queryable, staffUserId: string): Promise<string[]> {
  const rows = await db
    .select({ scriptId: scriptFavourites.scriptId })
    .from(scriptFavourites)
    .where(eq(scriptFavourites.staffUserId, staffUserId))
    .orderBy(desc(scriptFavourites.markedAt), asc(scriptFavourites.scriptId));
  return rows.map((row) => row.scriptId);
}

/** Of somebody's own scripts those that were shown to headquarters. */
export async function readShared(db: Queryable, staffUserId: string): Promise<string[]> {
  const rows = await db
    .select({ scriptId: scripts.scriptId })
    .from(scripts)
    .where(and(eq(scripts.ownerUserId, staffUserId), isNotNull(scripts.sharedAt), isNull(scripts.retiredAt)));
  return rows.map((row) => row.scriptId);
}

export async function setFavourite(db: Queryable, favourite: typeof scriptFavourites.$inferInsert, wanted: boolean): Promise<void> {
  if (wanted) await db.insert(scriptFavourites).values(favourite).onConflictDoNothing();
  else
    await db
      .delete(scriptFavourites)
      .where(and(eq(scriptFavourites.staffUserId, favourite.staffUserId), eq(scriptFavourites.scriptId, favourite.scriptId)));
}

export async function readUses(
  db: Queryable,
  staffUserId: string,
  limit: number,
): Promise<{ scriptId: string; uses: number; lastUsedAt: Date }[]> {
  const { scriptId, uses, lastUsedAt } = scriptUses;
  return db
    .select({ scriptId, uses, lastUsedAt })
    .from(scriptUses)
    .where(eq(scriptUses.staffUserId, staffUserId))
    .orderBy(desc(lastUsedAt), asc(scriptId))
    .limit(limit);
}

export async function countUse(tx: Queryable, corpId: string, staffUserId: string, scriptId: string, at: Date): Promise<void> {
  await tx
    .insert(scriptUses)
    .values({ corpId, staffUserId, scriptId, uses: 1, lastUsedAt: at })
    .onConflictDoUpdate({
      target: [scriptUses.corpId, scriptUses.staffUserId, scriptUses.scriptId],
      set: { uses: sql`${scriptUses.uses} + 1`, lastUsedAt: sql`greatest(${scriptUses.lastUsedAt}, excluded.last_used_at)` },
    });
}

export async function insertMissingScript(db: Queryable, request: typeof missingScripts.$inferInsert): Promise<void> {
  await db.insert(missingScripts).values(request).onConflictDoNothing();
}

export async function insertVersions(tx: Queryable, versions: (typeof scriptVersions.$inferInsert)[]): Promise<void> {
  if (versions.length > 0) await tx.insert(scriptVersions).values(versions);
}
