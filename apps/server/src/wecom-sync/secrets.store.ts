import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { wecomSecrets } from './wecom-sync.table.ts';

type Row = typeof wecomSecrets.$inferInsert;

export async function findSecret(
  db: Queryable,
  agentId: string,
  kind: Row['kind'],
): Promise<{ value: string; expiresAt: Date; fetchedAt: Date } | null> {
  const [row] = await db
    .select({ value: wecomSecrets.value, expiresAt: wecomSecrets.expiresAt, fetchedAt: wecomSecrets.fetchedAt })
    .from(wecomSecrets)
    .where(and(eq(wecomSecrets.agentId, agentId), eq(wecomSecrets.kind, kind)));
  return row ?? null;
}

export async function putSecret(db: Queryable, row: Row): Promise<void> {
  await db
    .insert(wecomSecrets)
    .values(row)
    .onConflictDoUpdate({
      target: [wecomSecrets.corpId, wecomSecrets.agentId, wecomSecrets.kind],
      set: { value: row.value, expiresAt: row.expiresAt, fetchedAt: row.fetchedAt },
    });
}
