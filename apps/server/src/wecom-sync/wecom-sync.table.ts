import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

/** A run of the full sync. The cursor is saved in the transaction of the page it belongs to, so a run can be resumed after a crash. */
export const syncRuns = pgTable(
  'sync_runs',
  {
    corpId: corpId(),
    runId: uuid('run_id').notNull(),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    phase: text().$type<'staff' | 'tags' | 'customers' | 'done'>().notNull(),
    /** Staff whose customers are stored; the rest is still to do. */
    staffTotal: integer('staff_total').notNull().default(0),
    staffDone: integer('staff_done').notNull().default(0),
    customersStored: integer('customers_stored').notNull().default(0),
    position: jsonb().$type<{ pendingStaff: string[]; batch: string[]; cursor: string }>().notNull(),
    /** Why a staff member came back empty, by staff id. */
    reasons: jsonb().$type<Record<string, string>>().notNull().default({}),
    failure: text(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.runId] })],
);

/** One access token and one ticket of each kind per app, shared by all processes. `value` is encrypted at rest. */
export const wecomSecrets = pgTable(
  'wecom_secrets',
  {
    corpId: corpId(),
    agentId: id('agent_id').notNull(),
    kind: text().$type<'access_token' | 'corp_ticket' | 'agent_ticket'>().notNull(),
    value: text().notNull(),
    expiresAt: at('expires_at').notNull(),
    fetchedAt: at('fetched_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.agentId, t.kind] })],
);

/** Writes that we owe WeCom, written in the transaction of the change that causes them. */
export const wecomOutbox = pgTable(
  'wecom_outbox',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    writeId: uuid('write_id').notNull(),
    kind: text().$type<'mark_tag'>().notNull(),
    payload: jsonb().$type<{ staffUserId: string; add: string[]; remove: string[] }>().notNull(),
    createdAt: at('created_at').notNull(),
    status: text().$type<'waiting' | 'done' | 'refused'>().notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: at('next_attempt_at').notNull(),
    settledAt: at('settled_at'),
    failure: text(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId, t.writeId] }),
    index('wecom_outbox_waiting').on(t.corpId, t.status, t.nextAttemptAt),
  ],
);
