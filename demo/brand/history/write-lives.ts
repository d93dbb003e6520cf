import type { PgTable } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { customers, orders, outcomes } from '../../../apps/server/src/customers/customers.table.ts';
import type { Queryable } from '../../../apps/server/src/database.ts';
import { notes } from '../../../apps/server/src/notes/notes.table.ts';
import { touches } from '../../../apps/server/src/sends/sends.table.ts';
import { stageMoves } from '../../../apps/server/src/stages/stages.table.ts';
import { tasks } from '../../../apps/server/src/tasks/tasks.table.ts';
import type { Life } from './life.ts';

/** Postgres takes 65,535 parameters; no table here has more than 12 columns. */
const rowsAtOnce = 2_000;

export type LifeOfCustomer = Life & { externalUserId: string };

async function insertAll<Table extends PgTable>(tx: Queryable, table: Table, rows: Table['$inferInsert'][]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) await tx.insert(table).values(rows.slice(from, from + rowsAtOnce));
}

/** Everything that happened, as rows of the ledgers; and where each customer stands now. */
export async function writeLives(tx: Queryable, corpId: string, lives: readonly LifeOfCustomer[]): Promise<void> {
  const rowsOf = <Row extends object>(take: (life: Life) => readonly Row[]) =>
    lives.flatMap((life) => take(life).map((row) => ({ corpId, externalUserId: life.externalUserId, ...row })));
  await insertAll(
    tx,
    orders,
    rowsOf((life) => life.orders),
  );
  await insertAll(
    tx,
    outcomes,
    rowsOf((life) => life.outcomes),
  );
  await insertAll(
    tx,
    touches,
    rowsOf((life) => life.touches),
  );
  await insertAll(
    tx,
    stageMoves,
    rowsOf((life) => life.moves),
  );
  await insertAll(
    tx,
    notes,
    rowsOf((life) => life.notes),
  );
  await insertAll(
    tx,
    tasks,
    rowsOf((life) => life.tasks),
  );
  const standing = lives.map(({ externalUserId, stageId, moves, customFields, optedOutAt }) => ({
    external_user_id: externalUserId,
    stage_id: stageId,
    stage_entered_at: moves.at(-1)?.movedAt ?? null,
    custom_fields: customFields,
    opted_out_at: optedOutAt,
  }));
  await tx.execute(sql`
    UPDATE ${customers} AS c
    SET stage_id = s.stage_id, stage_entered_at = s.stage_entered_at, custom_fields = s.custom_fields, opted_out_at = s.opted_out_at
    FROM jsonb_to_recordset(${JSON.stringify(standing)}::jsonb) AS s(external_user_id text, stage_id text, stage_entered_at timestamptz,
      custom_fields jsonb, opted_out_at timestamptz)
    WHERE c.external_user_id = s.external_user_id`);
}
