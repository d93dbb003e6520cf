import type { ChatMessage, PartState, Purpose, SendSource } from '@nextline/contract';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

export type StoredPart = {
  n: number;
  label: string;
  state: PartState;
  message: ChatMessage;
  errMsg: string | null;
  settledAt: string | null;
};

/** One tap. */
export const sends = pgTable(
  'sends',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    sendId: uuid('send_id').notNull(),
    staffUserId: id('staff_user_id').notNull(),
    scriptId: id('script_id').notNull(),
    version: integer().notNull(),
    title: text().notNull(),
    purpose: text().$type<Purpose>().notNull(),
    source: jsonb().$type<SendSource>().notNull(),
    parts: jsonb().$type<StoredPart[]>().notNull(),
    state: text().$type<'open' | 'done' | 'stopped'>().notNull(),
    startedAt: at('started_at').notNull(),
    settledAt: at('settled_at'),
    /** Which page hands its parts to WeCom's client, and until when no other may. */
    holderId: uuid('holder_id'),
    heldUntil: at('held_until'),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId, t.sendId] }),
    // What a panel asks for: of hundreds of sends to one customer, the one that is left open.
    index('sends_open')
      .on(t.corpId, t.externalUserId, t.staffUserId)
      .where(sql`state = 'open'`),
  ],
);

/** The ledger of every contact, from every touchpoint. Append-only, partitioned by month on `touched_at`; never read on the way to a panel. */
export const touches = pgTable(
  'touches',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    touchedAt: at('touched_at').notNull(),
    touchId: uuid('touch_id').notNull(),
    staffUserId: id('staff_user_id'),
    touchpoint: text().$type<'sidebar' | 'import'>().notNull(),
    purpose: text().$type<Purpose>().notNull(),
    title: text().notNull(),
    scriptId: id('script_id'),
    version: integer(),
    sendId: uuid('send_id'),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId, t.touchedAt, t.touchId] })],
);
