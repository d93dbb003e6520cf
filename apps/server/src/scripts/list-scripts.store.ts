import type { scriptQuery } from '@nextline/contract';
import { and, desc, eq, inArray, max, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Queryable } from '../database.ts';
import { withinReach } from './script-editing.store.ts';
import { scriptDrafts } from './script-editing.table.ts';
import type { Reach } from './script-reach.ts';
import { scripts, scriptUses, scriptVersions } from './scripts.table.ts';

export type ScriptFilter = Pick<z.output<typeof scriptQuery>, 'q' | 'status' | 'audience'> & { folderIds?: string[] };
export type ListPlace = { updatedAt: Date; scriptId: string };

const scopeOf = { company: 'company', stores: 'store', personal: 'personal' } as const;

const title = sql`coalesce(${scriptDrafts.content}->>'title', ${scriptVersions.title})`;
const pinyin = sql`coalesce(${scriptDrafts.titlePinyin}, ${scriptVersions.titlePinyin})`;
/** `xin pin` → `xp`. */
const initials = sql`regexp_replace(${pinyin}, '(\\S)\\S*\\s*', '\\1', 'g')`;
const keywords = sql`array_to_string(CASE WHEN ${scriptDrafts.scriptId} IS NULL THEN ${scriptVersions.keywords}
  ELSE ARRAY(SELECT jsonb_array_elements_text(${scriptDrafts.content}->'keywords')) END, ' ')`;

/** In what somebody reads of its messages: not in the names of their fields, their kinds, nor the hashes of their files. */
const inMessages = (pattern: string) => sql`EXISTS (
  SELECT FROM jsonb_array_elements(coalesce(${scriptDrafts.content}->'parts', ${scriptVersions.parts})) AS part
  WHERE concat_ws(E'\\n', part->>'text', part->>'title', part->>'description', part->>'url', part->'media'->>'fileName') ILIKE ${pattern})`;

const likely = (word: string) => `%${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Every word of the query in the title, its pinyin or initials, a keyword or the text. */
function matches(q: string): SQL | undefined {
  return and(
    ...q
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => {
        const bySound = likely(word.toLowerCase());
        // What costs most is asked last: initials of five thousand titles take longer than all of their messages.
        return sql`(${title} ILIKE ${likely(word)} OR ${keywords} ILIKE ${likely(word)} OR ${inMessages(likely(word))}
          OR replace(${pinyin}, ' ', '') LIKE ${bySound} OR ${initials} LIKE ${bySound})`;
      }),
  );
}

function conditions(reach: Reach, { q, status, audience, folderIds }: ScriptFilter): (SQL | undefined)[] {
  return [
    withinReach(reach),
    q === undefined || q.trim() === '' ? undefined : matches(q),
    status === undefined ? undefined : eq(scripts.status, status),
    audience === undefined ? undefined : eq(scripts.scope, scopeOf[audience]),
    folderIds === undefined ? undefined : inArray(scripts.folderId, folderIds),
  ];
}

const draftOfScript = and(eq(scriptDrafts.corpId, scripts.corpId), eq(scriptDrafts.scriptId, scripts.scriptId));
const shownVersion = and(
  eq(scriptVersions.corpId, scripts.corpId),
  eq(scriptVersions.scriptId, scripts.scriptId),
  eq(scriptVersions.version, scripts.publishedVersion),
);

/** Newest change first. Joins by key: a library of thousands is read from its end. */
export async function readScriptPage(db: Queryable, reach: Reach, filter: ScriptFilter, after: ListPlace | null, limit: number) {
  const beyond =
    after &&
    sql`(${scripts.updatedAt}, ${scripts.scriptId}) < (${after.updatedAt.toISOString()}::timestamptz, ${after.scriptId}::text COLLATE "C")`;
  return db
    .select({ script: scripts, draft: scriptDrafts, version: scriptVersions })
    .from(scripts)
    .leftJoin(scriptDrafts, draftOfScript)
    .leftJoin(scriptVersions, shownVersion)
    .where(and(...conditions(reach, filter), beyond ?? undefined))
    .orderBy(desc(scripts.updatedAt), desc(scripts.scriptId))
    .limit(limit);
}
export type ScriptListLine = Awaited<ReturnType<typeof readScriptPage>>[number];

export async function countScripts(db: Queryable, reach: Reach, filter: ScriptFilter): Promise<number> {
  const [row] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(scripts)
    .leftJoin(scriptDrafts, draftOfScript)
    .leftJoin(scriptVersions, shownVersion)
    .where(and(...conditions(reach, filter)));
  return row?.total ?? 0;
}

export async function findScriptIds(db: Queryable, reach: Reach, filter: ScriptFilter): Promise<string[]> {
  const rows = await db
    .select({ scriptId: scripts.scriptId })
    .from(scripts)
    .leftJoin(scriptDrafts, draftOfScript)
    .leftJoin(scriptVersions, shownVersion)
    .where(and(...conditions(reach, filter)));
  return rows.map(({ scriptId }) => scriptId);
}

export async function countLibrary(db: Queryable, reach: Reach, newSince: Date) {
  return db
    .select({
      status: scripts.status,
      scope: scripts.scope,
      folderId: scripts.folderId,
      count: sql<number>`count(*)::int`,
      fresh: sql<number>`(count(*) FILTER (WHERE ${scripts.createdAt} >= ${newSince.toISOString()}::timestamptz))::int`,
    })
    .from(scripts)
    .where(withinReach(reach))
    .groupBy(scripts.status, scripts.scope, scripts.folderId);
}

export async function readLastUses(db: Queryable, scriptIds: string[]): Promise<Map<string, Date>> {
  if (scriptIds.length === 0) return new Map();
  const rows = await db
    .select({ scriptId: scriptUses.scriptId, at: max(scriptUses.lastUsedAt) })
    .from(scriptUses)
    .where(inArray(scriptUses.scriptId, scriptIds))
    .groupBy(scriptUses.scriptId);
  return new Map(rows.flatMap(({ scriptId, at }) => (at === null ? [] : [[scriptId, at] as const])));
}
