import type { Task } from '@nextline/contract';
import { and, eq, lte, or, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { tasks } from './tasks.table.ts';

type TaskRow = Task;

const columns = sql`t.task_id AS "taskId", t.external_user_id AS "externalUserId", t.title, t.script_id AS "scriptId", t.due_at AS "dueAt",
  t.status, t.kind, coalesce(nullif(f.remark, ''), c.name, '') AS "customerName"`;
const withNames = sql`tasks t
  LEFT JOIN customers c ON c.corp_id = t.corp_id AND c.external_user_id = t.external_user_id
  LEFT JOIN follows f ON f.corp_id = t.corp_id AND f.external_user_id = t.external_user_id AND f.staff_user_id = t.staff_user_id`;

const toTask = (row: TaskRow): Task => ({ ...row, dueAt: new Date(row.dueAt).toISOString() });

/** This staff member's open tasks over all customers, due soonest first. */
export async function readOpenTasks(db: Queryable, corpId: string, staffUserId: string, limit: number): Promise<Task[]> {
  const { rows } = await db.execute<TaskRow>(sql`
    SELECT ${columns} FROM ${withNames}
    WHERE t.corp_id = ${corpId} AND t.staff_user_id = ${staffUserId} AND t.status = 'open'
    ORDER BY t.due_at, t.task_id LIMIT ${limit}`);
  return rows.map(toTask);
}

export async function findTask(
  db: Queryable,
  which: { corpId: string; externalUserId: string; taskId: string; staffUserId: string },
): Promise<Task | null> {
  const { rows } = await db.execute<TaskRow>(sql`
    SELECT ${columns} FROM ${withNames}
    WHERE t.corp_id = ${which.corpId} AND t.external_user_id = ${which.externalUserId} AND t.task_id = ${which.taskId}
      AND t.staff_user_id = ${which.staffUserId}`);
  return rows[0] ? toTask(rows[0]) : null;
}

export async function insertTask(db: Queryable, task: typeof tasks.$inferInsert): Promise<void> {
  await db.insert(tasks).values(task).onConflictDoNothing();
}

/** A task that a send has closed stays closed. */
export async function changeTask(
  db: Queryable,
  which: { externalUserId: string; taskId: string },
  change: { status?: 'open' | 'skipped' | undefined; dueAt?: Date | undefined; kind?: Task['kind'] | undefined; now: Date },
): Promise<void> {
  const { status, dueAt, kind, now } = change;
  if (status === undefined && dueAt === undefined && kind === undefined) return;
  await db
    .update(tasks)
    .set({ ...(status && { status, closedAt: status === 'open' ? null : now }), ...(dueAt && { dueAt }), ...(kind && { kind }) })
    .where(and(eq(tasks.externalUserId, which.externalUserId), eq(tasks.taskId, which.taskId), sql`${tasks.status} <> 'done'`));
}

/** Closes open tasks of this staff member for this customer: the named one, and those that ask for the same script by `until`. */
export async function closeTasks(
  tx: Queryable,
  which: { externalUserId: string; staffUserId: string; taskId: string | null; scriptId: string; until: Date },
  closed: { sendId: string; at: Date },
): Promise<void> {
  const sameScript = and(eq(tasks.scriptId, which.scriptId), lte(tasks.dueAt, which.until));
  await tx
    .update(tasks)
    .set({ status: 'done', sendId: closed.sendId, closedAt: closed.at })
    .where(
      and(
        eq(tasks.externalUserId, which.externalUserId),
        eq(tasks.staffUserId, which.staffUserId),
        eq(tasks.status, 'open'),
        which.taskId === null ? sameScript : or(eq(tasks.taskId, which.taskId), sameScript),
      ),
    );
}
