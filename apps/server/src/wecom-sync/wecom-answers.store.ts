import { and, asc, eq, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { staff } from '../identity/identity.table.ts';
import { wecomAnswers } from './wecom-sync.table.ts';

export type WeComAnswer = Pick<typeof wecomAnswers.$inferSelect, 'question' | 'about' | 'errcode' | 'said' | 'heardAt'>;

/** An answer that is as it was is written again after this time only. */
const writtenEvery = sql`interval '10 minutes'`;

/** No question may stand twice in `answers`. */
export async function putAnswers(db: Queryable, of: { corpId: string; agentId: string }, answers: WeComAnswer[]): Promise<void> {
  if (answers.length === 0) return;
  const { corpId, agentId, question, about, errcode, heardAt } = wecomAnswers;
  await db
    .insert(wecomAnswers)
    .values(answers.map((answer) => ({ ...of, ...answer })))
    .onConflictDoUpdate({
      target: [corpId, agentId, question, about],
      set: { errcode: sql`excluded.errcode`, said: sql`excluded.said`, heardAt: sql`excluded.heard_at` },
      setWhere: or(ne(errcode, sql`excluded.errcode`), lt(heardAt, sql`excluded.heard_at - ${writtenEvery}`)),
    });
}

export const findAnswers = (db: Queryable, agentId: string): Promise<WeComAnswer[]> =>
  db
    .select({
      question: wecomAnswers.question,
      about: wecomAnswers.about,
      errcode: wecomAnswers.errcode,
      said: wecomAnswers.said,
      heardAt: wecomAnswers.heardAt,
    })
    .from(wecomAnswers)
    .where(eq(wecomAnswers.agentId, agentId));

const answerAbout = (agentId: string) =>
  and(
    eq(wecomAnswers.corpId, staff.corpId),
    eq(wecomAnswers.agentId, agentId),
    eq(wecomAnswers.question, 'staff'),
    eq(wecomAnswers.about, staff.staffUserId),
  );

/** Present staff of whom WeCom said something else than who they are, when it was last asked. */
export async function staffLastRefused(db: Queryable, agentId: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ staffUserId: staff.staffUserId })
    .from(staff)
    .innerJoin(wecomAnswers, answerAbout(agentId))
    .where(and(isNull(staff.leftAt), ne(wecomAnswers.errcode, 0)))
    .orderBy(asc(wecomAnswers.heardAt))
    .limit(limit);
  return rows.map((row) => row.staffUserId);
}

/** Present staff with customers, whom nobody asked about for the longest time first. */
export async function staffLongestUnasked(db: Queryable, agentId: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ staffUserId: staff.staffUserId })
    .from(staff)
    .leftJoin(wecomAnswers, answerAbout(agentId))
    .where(and(isNull(staff.leftAt), eq(staff.followsCustomers, true)))
    .orderBy(sql`${wecomAnswers.heardAt} NULLS FIRST`, asc(staff.staffUserId))
    .limit(limit);
  return rows.map((row) => row.staffUserId);
}
