import type { ScriptContent } from '@nextline/contract';
import { and, count, eq, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { staff, stores } from '../identity/identity.table.ts';
import { touches } from '../sends/sends.table.ts';
import { type Rejection, scriptDrafts } from './script-editing.table.ts';
import { blankContent, contentOf, contentOfDraft, settingsOf } from './script-content.ts';
import type { Reach } from './script-reach.ts';
import type { Standing } from './script-steps.ts';
import { scriptFolders, scripts, scriptVersions } from './scripts.table.ts';

export type StoredDraft = typeof scriptDrafts.$inferSelect;
export type ScriptRecord = typeof scripts.$inferSelect;
export type VersionRecord = typeof scriptVersions.$inferSelect;

/** A script as its editors see it. `content`: of the draft where there is one, else what guides have. */
export type EditedScript = { script: ScriptRecord; draft: StoredDraft | null; standing: Standing; content: ScriptContent };

/** What somebody finds in the console: a personal script only when it is their own or was shown to headquarters. */
export function withinReach({ staffUserId, storeId }: Reach): SQL | undefined {
  if (storeId !== null) return and(eq(scripts.scope, 'store'), sql`${scripts.storeIds} @> ARRAY[${storeId}]::text[]`);
  return or(ne(scripts.scope, 'personal'), isNotNull(scripts.sharedAt), eq(scripts.ownerUserId, staffUserId));
}

export async function countReviews(db: Queryable, reach: Reach): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(scripts)
    .where(and(eq(scripts.status, 'review'), withinReach(reach)));
  return row?.n ?? 0;
}

export function standingOf(script: ScriptRecord, draft: StoredDraft | null): Standing {
  const { status, publishedVersion, retiredAt } = script;
  return {
    status,
    publishedVersion,
    retired: retiredAt !== null,
    draft: draft && { version: draft.version, inReview: draft.inReview, writers: draft.writers },
  };
}

function edited(script: ScriptRecord, kept: StoredDraft | null, version: VersionRecord | null): EditedScript {
  const draft = kept && { ...kept, content: contentOfDraft(kept.content) };
  const content = draft?.content ?? (version ? contentOf(version, settingsOf(script)) : { ...blankContent, folderId: script.folderId });
  return { script, draft, standing: standingOf(script, draft), content };
}

/** `lock`: nobody else changes it before the transaction ends. */
export async function findEdited(tx: Queryable, reach: Reach, scriptId: string, lock = false): Promise<EditedScript | null> {
  const query = tx
    .select()
    .from(scripts)
    .where(and(eq(scripts.scriptId, scriptId), withinReach(reach)));
  const [script] = await (lock ? query.for('update') : query);
  if (!script) return null;
  const [draft] = await tx.select().from(scriptDrafts).where(eq(scriptDrafts.scriptId, scriptId));
  const version = draft || script.publishedVersion === null ? null : await findWholeVersion(tx, scriptId, script.publishedVersion);
  return edited(script, draft ?? null, version);
}

/** All of these that are within reach, locked, by id. */
export async function findManyEdited(tx: Queryable, reach: Reach, scriptIds: string[], lock: boolean): Promise<Map<string, EditedScript>> {
  const query = tx
    .select()
    .from(scripts)
    .where(and(inArray(scripts.scriptId, scriptIds), withinReach(reach)))
    .orderBy(scripts.scriptId);
  const rows = await (lock ? query.for('update') : query);
  const ids = rows.map(({ scriptId }) => scriptId);
  if (ids.length === 0) return new Map();
  const drafts = new Map(
    (await tx.select().from(scriptDrafts).where(inArray(scriptDrafts.scriptId, ids))).map((one) => [one.scriptId, one]),
  );
  const versions = await tx
    .select({ version: scriptVersions })
    .from(scriptVersions)
    .innerJoin(
      scripts,
      and(
        eq(scripts.corpId, scriptVersions.corpId),
        eq(scripts.scriptId, scriptVersions.scriptId),
        eq(scripts.publishedVersion, scriptVersions.version),
      ),
    )
    .where(inArray(scripts.scriptId, ids));
  const versionOf = new Map(versions.map(({ version }) => [version.scriptId, version]));
  return new Map(
    rows.map((script) => [script.scriptId, edited(script, drafts.get(script.scriptId) ?? null, versionOf.get(script.scriptId) ?? null)]),
  );
}

export async function findWholeVersion(tx: Queryable, scriptId: string, version: number): Promise<VersionRecord | null> {
  const [found] = await tx
    .select()
    .from(scriptVersions)
    .where(and(eq(scriptVersions.scriptId, scriptId), eq(scriptVersions.version, version)));
  return found ?? null;
}

/** False when there is a script of that id already. */
export async function insertScript(tx: Queryable, script: typeof scripts.$inferInsert): Promise<boolean> {
  const made = await tx.insert(scripts).values(script).onConflictDoNothing().returning({ scriptId: scripts.scriptId });
  return made.length > 0;
}

export async function updateScript(tx: Queryable, scriptId: string, change: Partial<ScriptRecord>): Promise<void> {
  await tx.update(scripts).set(change).where(eq(scripts.scriptId, scriptId));
}

export async function deleteScript(tx: Queryable, scriptId: string): Promise<void> {
  await tx.delete(scripts).where(eq(scripts.scriptId, scriptId));
}

export async function upsertDraft(tx: Queryable, draft: typeof scriptDrafts.$inferInsert): Promise<void> {
  const { corpId: _corp, scriptId: _id, createdAt: _kept, ...set } = draft;
  await tx
    .insert(scriptDrafts)
    .values(draft)
    .onConflictDoUpdate({ target: [scriptDrafts.corpId, scriptDrafts.scriptId], set });
}

export async function setReview(tx: Queryable, scriptId: string, inReview: boolean, rejection?: Rejection | null): Promise<void> {
  await tx
    .update(scriptDrafts)
    .set({ inReview, ...(rejection !== undefined && { rejection }) })
    .where(eq(scriptDrafts.scriptId, scriptId));
}

export async function deleteDraft(tx: Queryable, scriptId: string): Promise<void> {
  await tx.delete(scriptDrafts).where(eq(scriptDrafts.scriptId, scriptId));
}

export type VersionLine = Pick<VersionRecord, 'version' | 'authorUserId' | 'reviewerUserId' | 'createdAt' | 'publishedAt'>;

/** Newest first. */
export async function readVersions(db: Queryable, scriptId: string): Promise<VersionLine[]> {
  const { version, authorUserId, reviewerUserId, createdAt, publishedAt } = scriptVersions;
  return db
    .select({ version, authorUserId, reviewerUserId, createdAt, publishedAt })
    .from(scriptVersions)
    .where(eq(scriptVersions.scriptId, scriptId))
    .orderBy(sql`${version} DESC`);
}

/** How often each version reached somebody. */
export async function readVersionUses(db: Queryable, scriptId: string): Promise<Map<number, number>> {
  const rows = await db
    .select({ version: touches.version, uses: sql<number>`count(*)::int` })
    .from(touches)
    .where(eq(touches.scriptId, scriptId))
    .groupBy(touches.version);
  return new Map(rows.flatMap(({ version, uses }) => (version === null ? [] : [[version, uses] as const])));
}

export async function readStaffNames(db: Queryable, staffUserIds: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(staffUserIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: staff.staffUserId, name: staff.name }).from(staff).where(inArray(staff.staffUserId, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export type StoreLine = { storeId: string; name: string; region: string | null };

export async function readStores(db: Queryable): Promise<StoreLine[]> {
  return db.select({ storeId: stores.storeId, name: stores.name, region: stores.region }).from(stores).orderBy(stores.storeId);
}

export async function folderExists(tx: Queryable, folderId: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: scriptFolders.folderId })
    .from(scriptFolders)
    .where(eq(scriptFolders.folderId, folderId))
    .for('share');
  return found !== undefined;
}

/** Which of these folders are there, and stay until this transaction ends. */
export async function knownFolders(tx: Queryable, folderIds: readonly string[]): Promise<Set<string>> {
  if (folderIds.length === 0) return new Set();
  const rows = await tx
    .select({ id: scriptFolders.folderId })
    .from(scriptFolders)
    .where(inArray(scriptFolders.folderId, [...new Set(folderIds)]))
    .for('share');
  return new Set(rows.map(({ id }) => id));
}

/** Which of these ids some script has, whoever may find it. */
export async function knownScriptIds(tx: Queryable, scriptIds: string[]): Promise<Set<string>> {
  if (scriptIds.length === 0) return new Set();
  const rows = await tx.select({ id: scripts.scriptId }).from(scripts).where(inArray(scripts.scriptId, scriptIds));
  return new Set(rows.map(({ id }) => id));
}

export async function insertScripts(tx: Queryable, rows: (typeof scripts.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(scripts).values(rows);
}

export async function insertDrafts(tx: Queryable, rows: (typeof scriptDrafts.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(scriptDrafts).values(rows);
}
