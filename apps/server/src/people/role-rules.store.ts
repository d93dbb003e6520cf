import type { Role } from '@nextline/contract';
import type { Queryable } from '../database.ts';
import { roleRules } from '../identity/identity.table.ts';

export async function readRoleRules(db: Queryable): Promise<Map<Role, boolean>> {
  const rows = await db.select({ role: roleRules.role, seesMobiles: roleRules.seesMobiles }).from(roleRules);
  return new Map(rows.map(({ role, seesMobiles }) => [role, seesMobiles]));
}

export async function saveRoleRule(tx: Queryable, rule: typeof roleRules.$inferInsert): Promise<void> {
  const { seesMobiles } = rule;
  await tx
    .insert(roleRules)
    .values(rule)
    .onConflictDoUpdate({ target: [roleRules.corpId, roleRules.role], set: { seesMobiles } });
}
