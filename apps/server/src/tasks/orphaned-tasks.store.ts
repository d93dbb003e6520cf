import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';

/** `followedBy`: those that are only kept, of customers whom this person follows. All of the corp when nothing is given. */
export type WhoseTasks = { externalUserIds?: readonly string[]; staffUserId?: string; followedBy?: string };
export type Heirs = {
  /** Whether the owner still works here: then the customer was handed to somebody else. */
  ownerLeft: boolean;
  /** Present staff who follow the customer, who came last first. */
  followers: readonly string[];
  managersOfStore: readonly string[];
  colleaguesOfStore: readonly string[];
  admins: readonly string[];
};

/** `inTrust`: they cannot write to her themselves; whoever takes her over gets it. */
export type Heir = { staffUserId: string; inTrust: boolean };

export type OrphanedTask = Heirs & { externalUserId: string; taskId: string };

const present = (condition: ReturnType<typeof sql>) => sql`ARRAY(
  SELECT h.staff_user_id FROM staff h WHERE h.left_at IS NULL AND h.staff_user_id <> t.staff_user_id AND ${condition} ORDER BY h.staff_user_id)`;

/** Open tasks whose owner has left, from whom the customer was transferred away, or who only keeps them; with everybody who might go on with them. */
export async function orphanedTasks(tx: Queryable, of: WhoseTasks): Promise<OrphanedTask[]> {
  const customer = of.externalUserIds === undefined ? sql`` : sql`AND t.external_user_id = ANY(${sql.param(of.externalUserIds)}::text[])`;
  const owner = of.staffUserId === undefined ? sql`` : sql`AND t.staff_user_id = ${of.staffUserId}`;
  const kept =
    of.followedBy === undefined
      ? sql``
      : sql`AND t.kept_in_trust AND EXISTS (SELECT FROM follows k WHERE k.corp_id = t.corp_id
          AND k.external_user_id = t.external_user_id AND k.staff_user_id = ${of.followedBy} AND k.ended_at IS NULL)`;
  const { rows } = await tx.execute<OrphanedTask>(sql`
    SELECT t.external_user_id AS "externalUserId", t.task_id AS "taskId", o.left_at IS NOT NULL AS "ownerLeft",
      ARRAY(SELECT f.staff_user_id FROM follows f
        JOIN staff h ON h.corp_id = f.corp_id AND h.staff_user_id = f.staff_user_id AND h.left_at IS NULL
        WHERE f.corp_id = t.corp_id AND f.external_user_id = t.external_user_id AND f.ended_at IS NULL AND f.staff_user_id <> t.staff_user_id
        ORDER BY f.followed_at DESC, f.staff_user_id) AS followers,
      ${present(sql`h.store_id = o.store_id AND h.role = 'manager'`)} AS "managersOfStore",
      ${present(sql`h.store_id = o.store_id AND h.role <> 'manager'`)} AS "colleaguesOfStore",
      ${present(sql`h.role = 'admin'`)} AS admins
    FROM tasks t
    LEFT JOIN staff o ON o.corp_id = t.corp_id AND o.staff_user_id = t.staff_user_id
    LEFT JOIN follows own ON own.corp_id = t.corp_id AND own.external_user_id = t.external_user_id AND own.staff_user_id = t.staff_user_id
    WHERE t.status = 'open' ${customer} ${owner} ${kept} AND (o.left_at IS NOT NULL OR own.ended_by = 'transfer' OR t.kept_in_trust)
    FOR UPDATE OF t`);
  return rows;
}

export async function giveTasks(
  tx: Queryable,
  { staffUserId, inTrust }: Heir,
  tasks: readonly { externalUserId: string; taskId: string }[],
): Promise<void> {
  await tx.execute(sql`
    UPDATE tasks t SET staff_user_id = ${staffUserId}, kept_in_trust = ${inTrust}
    FROM unnest(${sql.param(tasks.map((task) => task.externalUserId))}::text[], ${sql.param(tasks.map((task) => task.taskId))}::uuid[])
      AS given (external_user_id, task_id)
    WHERE t.external_user_id = given.external_user_id AND t.task_id = given.task_id`);
}
