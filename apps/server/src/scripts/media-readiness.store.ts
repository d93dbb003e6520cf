import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { broughtLately, type UploadKind } from './media.store.ts';
import { mediaTroubles } from './scripts.table.ts';

/** A file that a guide can send at any moment, because a published script has it. */
export type UsedMedia = { sha256: string; kind: UploadKind; title: string };

const usedBefore = (now: Date) => sql`
  SELECT p -> 'media' ->> 'sha256' AS sha256, p ->> 'kind' AS kind, min(v.title || ' · ' || (p -> 'media' ->> 'fileName')) AS title
  FROM scripts s JOIN script_versions v ON v.corp_id = s.corp_id AND v.script_id = s.script_id AND v.version = s.published_version,
    jsonb_array_elements(v.parts) AS p
  WHERE s.retired_at IS NULL AND (s.valid_until IS NULL OR s.valid_until > ${now.toISOString()}::timestamptz)
    AND p ->> 'kind' IN ('image', 'video', 'file')
  GROUP BY 1, 2`;

/** What has no upload that lives beyond `until` and may be tried now: first what dies first, then what was never uploaded. */
export async function mediaToRenew(
  db: Queryable,
  { agentId, now, until, limit }: { agentId: string; now: Date; until: Date; limit: number },
): Promise<UsedMedia[]> {
  const { rows } = await db.execute<UsedMedia>(sql`
    SELECT used.sha256, used.kind, used.title FROM (${usedBefore(now)}) AS used
      LEFT JOIN media_uploads u ON u.sha256 = used.sha256 AND u.kind = used.kind AND u.agent_id = ${agentId}
      LEFT JOIN media_troubles t ON t.sha256 = used.sha256 AND t.kind = used.kind AND t.agent_id = ${agentId}
    WHERE (u.dies_at IS NULL OR (u.dies_at <= ${until.toISOString()}::timestamptz AND NOT ${broughtLately(sql`u.brought_at`, now)}))
      AND (t.ask_again_at IS NULL OR t.ask_again_at <= ${now.toISOString()}::timestamptz)
    ORDER BY u.dies_at NULLS LAST, used.sha256 LIMIT ${limit}`);
  return rows;
}

export type MediaTrouble = { title: string; reason: string; since: Date; diesAt: Date | null };
/** `ready`: can be sent for another hour at least. */
export type MediaReadiness = { used: number; ready: number; failing: MediaTrouble[] };

export async function mediaReadiness(
  db: Queryable,
  { agentId, now, until }: { agentId: string; now: Date; until: Date },
): Promise<MediaReadiness> {
  const { rows } = await db.execute<{
    title: string;
    ready: boolean;
    reason: string | null;
    since: string | null;
    dies_at: string | null;
  }>(sql`
    SELECT used.title, coalesce(u.dies_at > ${until.toISOString()}::timestamptz OR ${broughtLately(sql`u.brought_at`, now)}, false) AS ready, t.reason, t.since, u.dies_at
    FROM (${usedBefore(now)}) AS used
      LEFT JOIN media_uploads u ON u.sha256 = used.sha256 AND u.kind = used.kind AND u.agent_id = ${agentId}
      LEFT JOIN media_troubles t ON t.sha256 = used.sha256 AND t.kind = used.kind AND t.agent_id = ${agentId}
    ORDER BY u.dies_at NULLS FIRST, used.sha256`);
  return {
    used: rows.length,
    ready: rows.filter((row) => row.ready).length,
    failing: rows.flatMap(({ title, reason, since, dies_at: diesAt }) =>
      reason === null || since === null
        ? []
        : [{ title, reason, since: new Date(since), diesAt: diesAt === null ? null : new Date(diesAt) }],
    ),
  };
}

type TroubleKey = Pick<typeof mediaTroubles.$inferInsert, 'corpId' | 'sha256' | 'agentId' | 'kind'>;

const ofTrouble = ({ sha256, agentId, kind }: TroubleKey) =>
  and(eq(mediaTroubles.sha256, sha256), eq(mediaTroubles.agentId, agentId), eq(mediaTroubles.kind, kind));

/** How often in a row this file could not be uploaded. */
export async function failedUploads(db: Queryable, key: TroubleKey): Promise<number> {
  const [row] = await db.select({ attempts: mediaTroubles.attempts }).from(mediaTroubles).where(ofTrouble(key));
  return row?.attempts ?? 0;
}

export async function noteTrouble(db: Queryable, trouble: typeof mediaTroubles.$inferInsert): Promise<void> {
  const { attempts, askAgainAt, reason } = trouble;
  await db
    .insert(mediaTroubles)
    .values(trouble)
    .onConflictDoUpdate({
      target: [mediaTroubles.corpId, mediaTroubles.sha256, mediaTroubles.agentId, mediaTroubles.kind],
      set: { attempts, askAgainAt, reason },
    });
}

export async function forgetTrouble(db: Queryable, key: TroubleKey): Promise<void> {
  await db.delete(mediaTroubles).where(ofTrouble(key));
}
