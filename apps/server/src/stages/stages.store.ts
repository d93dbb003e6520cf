import type { Stage } from '@nextline/contract';
import { asc, eq, isNull } from 'drizzle-orm';
import { customers } from '../customers/customers.table.ts';
import type { Queryable } from '../database.ts';
import { stageMoves, stages } from './stages.table.ts';

/** Those in use, first stage first. */
export async function readStages(db: Queryable): Promise<Stage[]> {
  const { stageId, name, position, kind, colour, retiredAt } = stages;
  return db.select({ stageId, name, position, kind, colour }).from(stages).where(isNull(retiredAt)).orderBy(asc(position), asc(stageId));
}

/** The stages in use, which stay in use to the end of the transaction: whoever moves somebody and whoever retires a stage do it one after the other. */
export async function holdStages(tx: Queryable): Promise<ReadonlySet<string>> {
  const held = await tx
    .select({ stageId: stages.stageId })
    .from(stages)
    .where(isNull(stages.retiredAt))
    .orderBy(asc(stages.stageId))
    .for('key share');
  return new Set(held.map(({ stageId }) => stageId));
}

export type StageOfCustomer = { stageId: string | null; stageEnteredAt: Date | null };

/** Held to the end of the transaction: two moves of one customer happen one after the other. */
export async function lockStageOf(tx: Queryable, externalUserId: string): Promise<StageOfCustomer | null> {
  const { stageId, stageEnteredAt } = customers;
  const [found] = await tx
    .select({ stageId, stageEnteredAt })
    .from(customers)
    .where(eq(customers.externalUserId, externalUserId))
    .for('update');
  return found ?? null;
}

export async function setStage(tx: Queryable, externalUserId: string, stage: StageOfCustomer): Promise<void> {
  await tx.update(customers).set(stage).where(eq(customers.externalUserId, externalUserId));
}

export async function insertMove(tx: Queryable, move: typeof stageMoves.$inferInsert): Promise<void> {
  await tx.insert(stageMoves).values(move);
}

export async function upsertStage(db: Queryable, stage: typeof stages.$inferInsert): Promise<void> {
  const { name, position, kind, colour } = stage;
  await db
    .insert(stages)
    .values(stage)
    .onConflictDoUpdate({ target: [stages.corpId, stages.stageId], set: { name, position, kind, colour } });
}
