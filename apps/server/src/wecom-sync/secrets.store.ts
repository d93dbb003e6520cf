import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { wecomSecretRefusals, wecomSecrets } from './wecom-sync.table.ts';

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

type RefusalRow = typeof wecomSecretRefusals.$inferInsert;

/** Only of the setting with this mark: another one deserves to be tried. */
export async function findRefusal(
  db: Queryable,
  agentId: string,
  secretMark: string,
): Promise<Pick<RefusalRow, 'errcode' | 'errmsg' | 'askAgainAt' | 'times'> | null> {
  const { errcode, errmsg, askAgainAt, times } = wecomSecretRefusals;
  const [row] = await db
    .select({ errcode, errmsg, askAgainAt, times })
    .from(wecomSecretRefusals)
    .where(and(eq(wecomSecretRefusals.agentId, agentId), eq(wecomSecretRefusals.secretMark, secretMark)));
  return row ?? null;
}

export async function putRefusal(db: Queryable, row: RefusalRow): Promise<void> {
  const { secretMark, errcode, errmsg, refusedAt, askAgainAt, times } = row;
  const set = { secretMark, errcode, errmsg, refusedAt, askAgainAt, times };
  await db
    .insert(wecomSecretRefusals)
    .values(row)
    .onConflictDoUpdate({ target: [wecomSecretRefusals.corpId, wecomSecretRefusals.agentId], set });
}

export async function deleteRefusal(db: Queryable, agentId: string): Promise<void> {
  await db.delete(wecomSecretRefusals).where(eq(wecomSecretRefusals.agentId, agentId));
}
