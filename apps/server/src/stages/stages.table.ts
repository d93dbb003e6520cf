import type { StageColour } from '@nextline/contract';
import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

export const stages = pgTable(
  'stages',
  {
    corpId: corpId(),
    stageId: id('stage_id').notNull(),
    name: text().notNull(),
    position: integer().notNull(),
    kind: text().$type<'open' | 'won' | 'lost'>().notNull().default('open'),
    colour: text().$type<StageColour>().notNull().default('grey'),
    /** Out of use: not offered any more, but histories name it. */
    retiredAt: at('retired_at'),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.stageId] })],
);

/** Every move, with who and why. */
export const stageMoves = pgTable(
  'stage_moves',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    movedAt: at('moved_at').notNull(),
    moveId: uuid('move_id').notNull(),
    fromStageId: id('from_stage_id'),
    toStageId: id('to_stage_id'),
    staffUserId: id('staff_user_id'),
    why: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId, t.movedAt, t.moveId] }),
    // What rules have moved lately: nobody's own hand.
    index('stage_moves_by_rule')
      .on(t.corpId, t.why, t.movedAt)
      .where(sql`staff_user_id IS NULL`),
  ],
);
