import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

export const stages = pgTable(
  'stages',
  {
    corpId: corpId(),
    stageId: id('stage_id').notNull(),
    name: text().notNull(),
    position: integer().notNull(),
    kind: text().$type<'open' | 'won' | 'lost'>().notNull().default('open'),
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
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId, t.movedAt, t.moveId] })],
);
