import { sql } from 'drizzle-orm';
import { boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';
import type { KeptReason } from './why-empty.ts';

/** A run of the sync. The cursor is saved in the transaction of the page it belongs to, so a run can be resumed after a crash. */
export const syncRuns = pgTable(
  'sync_runs',
  {
    corpId: corpId(),
    runId: uuid('run_id').notNull(),
    /** `reconcile` also asks about everybody whom WeCom no longer lists. */
    kind: text().$type<'full' | 'reconcile'>().notNull().default('full'),
    /** A staff id, `cli`, or null for the first start and the schedule. */
    requestedBy: text('requested_by'),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    phase: text().$type<'staff' | 'tags' | 'customers' | 'missing' | 'done'>().notNull(),
    /** Staff whose customers are stored; the rest is still to do. */
    staffTotal: integer('staff_total').notNull().default(0),
    staffDone: integer('staff_done').notNull().default(0),
    customersStored: integer('customers_stored').notNull().default(0),
    /** Relations of which no callback had told us. */
    relationsFound: integer('relations_found').notNull().default(0),
    /** Relations that WeCom no longer listed, asked about one by one, and how many of them were over. */
    relationsAsked: integer('relations_asked').notNull().default(0),
    relationsEnded: integer('relations_ended').notNull().default(0),
    /** `again`: the one person of the batch is being read from the beginning once more. */
    position: jsonb().$type<{ pendingStaff: string[]; batch: string[]; cursor: string; again?: true }>().notNull(),
    /** Why a staff member came back empty, by staff id. */
    reasons: jsonb().$type<Record<string, KeptReason>>().notNull().default({}),
    failure: text(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.runId] }),
    // Whoever asks for a run while one is under way gets that one.
    uniqueIndex('sync_runs_one_at_a_time')
      .on(t.corpId)
      .where(sql`finished_at IS NULL`),
  ],
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

/** That WeCom refused the app's secret: no process asks again before `askAgainAt`, unless the setting has changed. */
export const wecomSecretRefusals = pgTable(
  'wecom_secret_refusals',
  {
    corpId: corpId(),
    agentId: id('agent_id').notNull(),
    /** A keyed hash of the setting that was refused; nobody can read the secret back from it. */
    secretMark: text('secret_mark').notNull(),
    errcode: integer().notNull(),
    errmsg: text().notNull(),
    refusedAt: at('refused_at').notNull(),
    askAgainAt: at('ask_again_at').notNull(),
    /** Refusals of this setting in a row. */
    times: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.agentId] })],
);

/**
 * What WeCom said last to what the doctor wants to know, for when it cannot be asked. `about`: a staff id, empty for the app itself. `errcode` 0: all
 * was well. Answers that say nothing about the question (a dead token, a limit) are not kept.
 */
export const wecomAnswers = pgTable(
  'wecom_answers',
  {
    corpId: corpId(),
    agentId: id('agent_id').notNull(),
    question: text().$type<'address' | 'follow_users' | 'staff'>().notNull(),
    about: id('about').notNull(),
    errcode: integer().notNull(),
    said: text().notNull(),
    heardAt: at('heard_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.agentId, t.question, t.about] })],
);

/** What all processes have asked of one API: packages/wecom, call-ledger.ts. Instants in ms since 1970, by the database's clock. */
export const callSlots = pgTable(
  'call_slots',
  {
    corpId: corpId(),
    key: id().notNull(),
    seenAt: doublePrecision('seen_at').notNull(),
    offeredAt: doublePrecision('offered_at').notNull(),
    minuteFreeAt: doublePrecision('minute_free_at').notNull(),
    hourFreeAt: doublePrecision('hour_free_at').notNull(),
    blockedUntil: doublePrecision('blocked_until').notNull(),
    strikes: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.key] })],
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
    /** `unsure`: nobody can say whether WeCom has done it, and a person must look. */
    status: text().$type<'waiting' | 'done' | 'refused' | 'unsure'>().notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    /** Raised by each taker; see leases/claim-rows.ts. */
    fence: integer().notNull().default(0),
    /** A taker may have sent it and nobody knows what became of it: it is looked up before it is sent again. */
    maybeDone: boolean('maybe_done').notNull().default(false),
    nextAttemptAt: at('next_attempt_at').notNull(),
    settledAt: at('settled_at'),
    failure: text(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId, t.writeId] }),
    index('wecom_outbox_waiting').on(t.corpId, t.status, t.nextAttemptAt),
    index('wecom_outbox_settled')
      .on(t.corpId, t.settledAt)
      .where(sql`status IN ('done', 'refused')`),
  ],
);
