import { wecomPaths } from '@nextline/wecom';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../database.ts';
import { claimedUntil } from '../leases/claim-rows.ts';
import { type Sentence, writeSentence } from '../sentence.ts';
import { scarcityOfCalls } from '../wecom-sync/scarcity-of-calls.ts';
import { aloneAfter, deadAfter, oneChance, suspectedInWords, unreturnedInWords } from './unreturned.ts';
import { callbackInbox } from './wecom-callback.table.ts';

export const inboxChannel = 'nextline_callback';
/** What is announced is the corp, and so when a welcome code is among what came. */
export const urgentOf = (corpId: string): string => `${corpId} urgent`;

export type ArrivedCallback = {
  payloadHash: string;
  xml: string;
  event: string;
  changeType: string | null;
  lane: string;
  urgent: boolean;
  /** Milliseconds: as dates, these would be half of what it costs to write a group down as JSON. */
  receivedAtMs: number;
  applyAfterMs: number;
  /** How much later still when calls about customers run short (`scarcityOfCalls` times this). */
  mayWaitMs: number;
};

/** Whoever comes while another about the same thing waits is answered with that one, and waits as long as it. */
const withTheFirst = `(
        SELECT e.next_attempt_at FROM callback_inbox e
        WHERE e.corp_id = $1 AND e.lane = arrived.lane AND e.status = 'waiting' AND e.attempts = 0
        ORDER BY e.received_at, e.payload_hash LIMIT 1)`;
const soonest = `clock_timestamp() + "applyAfterMs" * interval '1 millisecond'`;
const atLatest = `clock_timestamp() + ("applyAfterMs" + "mayWaitMs" * short.scarcity) * interval '1 millisecond'`;
const due = `CASE WHEN "mayWaitMs" > 0 AND short.scarcity > 0 THEN greatest(${soonest}, coalesce(${withTheFirst}, ${atLatest})) ELSE ${soonest} END`;

const keep = `
  WITH short AS (${scarcityOfCalls(wecomPaths.customer, '$1')}), kept AS (
    INSERT INTO callback_inbox (corp_id, payload_hash, xml, event, change_type, lane, urgent, received_at, next_attempt_at)
    SELECT $1, "payloadHash", xml, event, "changeType", lane, urgent, to_timestamp("receivedAtMs" / 1000),
      ${due}
    FROM json_to_recordset($2) AS arrived("payloadHash" text, xml text, event text, "changeType" text, lane text, urgent boolean,
      "receivedAtMs" float8, "applyAfterMs" integer, "mayWaitMs" integer)
      LEFT JOIN short ON true
    ORDER BY "payloadHash"
    ON CONFLICT DO NOTHING RETURNING urgent)
  SELECT pg_notify($3, CASE WHEN bool_or(urgent) THEN $4 ELSE $1 END) FROM kept HAVING count(*) > 0`;

/**
 * One statement: kept and announced, or already there. The text of an event is its identity. In the order of their hashes, so that two groups
 * that hold the same repeats do not wait for each other in a circle.
 */
export async function keepCallbacks({ $client }: Pick<Database, '$client'>, corpId: string, rows: ArrivedCallback[]): Promise<void> {
  await $client.query({ name: 'keep callbacks', text: keep, values: [corpId, JSON.stringify(rows), inboxChannel, urgentOf(corpId)] });
}

export type WaitingCallback = { payloadHash: string; xml: string; lane: string; attempts: number };
export type TakenCallback = WaitingCallback & { fence: number };
/** The first of a lane, and what waits behind it and is due, in order, up to the first that is not. */
export type TakenLane = { head: TakenCallback; behind: WaitingCallback[] };

const firstOfItsLane = sql`i.payload_hash = (
  SELECT e.payload_hash FROM callback_inbox e
  WHERE e.corp_id = i.corp_id AND e.lane = i.lane AND e.status = 'waiting' AND (e.urgent OR NOT i.urgent)
  ORDER BY e.received_at, e.payload_hash LIMIT 1)`;
const inHand = sql`attempts = i.attempts + 1, fence = i.fence + 1, unreturned = i.unreturned + 1, next_attempt_at = ${claimedUntil}`;
const asTaken = sql`i.payload_hash AS "payloadHash", i.xml, i.lane, i.attempts, i.fence`;
const asBehind = (limit: number) => sql`(
  SELECT json_agg(b) FROM (
    SELECT e.payload_hash AS "payloadHash", e.xml, e.lane, e.attempts, e.next_attempt_at <= clock_timestamp() AS due FROM callback_inbox e
    WHERE e.corp_id = i.corp_id AND e.lane = i.lane AND e.status = 'waiting' AND (e.received_at, e.payload_hash) > (i.received_at, i.payload_hash)
    ORDER BY e.received_at, e.payload_hash LIMIT ${limit}) AS b) AS behind`;

/**
 * Takes the first event of each of some lanes, for 60 s by the database's clock, and reads up to `together - 1` of those behind it. A lane's later
 * events wait behind it, which keeps its order. Events with a welcome code come first, and wait for no others: the code dies after 20 s.
 *
 * The first of a lane is asked for by name: `NOT EXISTS (an earlier one)` is planned as a join, and with the statistics of a quiet hour the
 * planner reads the whole inbox for each row of a burst (measured at 50,000 waiting: 1,400 ms against 0.1).
 */
export async function takeCallbacks(
  db: Queryable,
  { lanes, together, urgentOnly }: { lanes: number; together: number; urgentOnly: boolean },
): Promise<TakenLane[]> {
  const { rows } = await db.execute<TakenCallback & { behind: (WaitingCallback & { due: boolean })[] | null }>(sql`
    WITH due AS (
      SELECT i.payload_hash FROM callback_inbox i
      WHERE i.status = 'waiting' AND i.next_attempt_at <= clock_timestamp() AND i.unreturned < ${aloneAfter} ${urgentOnly ? sql`AND i.urgent` : sql``}
        AND ${firstOfItsLane}
      ORDER BY i.urgent DESC NULLS LAST, i.received_at, i.payload_hash
      LIMIT ${lanes} FOR UPDATE SKIP LOCKED)
    UPDATE callback_inbox i SET ${inHand} FROM due WHERE i.payload_hash = due.payload_hash RETURNING ${asTaken}, ${asBehind(together - 1)}`);
  return rows.map(({ behind, ...head }) => ({ head, behind: upToTheFirstNotDue(behind ?? []) }));
}

function upToTheFirstNotDue(rows: (WaitingCallback & { due: boolean })[]): WaitingCallback[] {
  const notDue = rows.findIndex((row) => !row.due);
  return notDue === -1 ? rows : rows.slice(0, notDue);
}

/** Whether an event is due that no process has come back from. Reads what waits: asked now and then, by nobody who waits for it. */
export async function anySuspect(db: Queryable): Promise<boolean> {
  const { rows } = await db.execute(sql`
    SELECT FROM callback_inbox WHERE status = 'waiting' AND unreturned >= ${aloneAfter} AND next_attempt_at <= clock_timestamp() LIMIT 1`);
  return rows.length > 0;
}

/**
 * Takes one that may have taken its process with it. Those behind it in its lane that were there already may have been in hand with it, and
 * one of them may be the cause: they are worked alone too.
 */
export async function takeSuspect(tx: Queryable): Promise<TakenCallback | null> {
  const { rows } = await tx.execute<TakenCallback>(sql`
    WITH due AS (
      SELECT i.payload_hash FROM callback_inbox i
      WHERE i.status = 'waiting' AND i.next_attempt_at <= clock_timestamp() AND i.unreturned >= ${aloneAfter} AND ${firstOfItsLane}
      ORDER BY i.urgent DESC, i.received_at, i.payload_hash
      LIMIT 1 FOR UPDATE SKIP LOCKED)
    UPDATE callback_inbox i SET ${inHand}, failure = ${writeSentence(suspectedInWords)}
    FROM due WHERE i.payload_hash = due.payload_hash RETURNING ${asTaken}`);
  const [taken] = rows;
  if (taken === undefined) return null;
  await tx.execute(sql`
    UPDATE callback_inbox SET unreturned = ${aloneAfter}
    WHERE lane = ${taken.lane} AND status = 'waiting' AND unreturned < ${aloneAfter} AND received_at < clock_timestamp() - interval '1 minute'`);
  return taken;
}

/** Gives up what no process has come back from so often. Answers the hashes. */
export async function giveUpUnreturned(tx: Queryable, now: Date): Promise<string[]> {
  const { rows } = await tx.execute<{ payload_hash: string; lane: string }>(sql`
    UPDATE callback_inbox SET status = 'dead', failure = ${writeSentence(unreturnedInWords)}, settled_at = ${now.toISOString()}::timestamptz
    WHERE status = 'waiting' AND unreturned >= ${deadAfter} AND next_attempt_at <= clock_timestamp()
    RETURNING payload_hash, lane`);
  for (const { lane } of rows)
    await tx.execute(sql`
      UPDATE callback_inbox SET unreturned = ${oneChance}
      WHERE lane = ${lane} AND status = 'waiting' AND unreturned < ${oneChance}`);
  return rows.map((row) => row.payload_hash);
}

const stillOurs = (taken: TakenCallback) =>
  and(eq(callbackInbox.payloadHash, taken.payloadHash), eq(callbackInbox.status, 'waiting'), eq(callbackInbox.fence, taken.fence));

type Settled = { status: 'applied' | 'kept' | 'dead'; failure: Sentence | null; now: Date };

/** False when a taker that came back after its 60 s finds the event with somebody else: then nothing changes. */
export async function settleCallback(db: Queryable, taken: TakenCallback, { status, failure, now }: Settled): Promise<boolean> {
  const settled = await db
    .update(callbackInbox)
    .set({ status, failure, settledAt: now })
    .where(stillOurs(taken))
    .returning({ payloadHash: callbackInbox.payloadHash });
  return settled.length > 0;
}

/** Events that were applied with the first of their lane. */
export async function settleBehind(db: Queryable, payloadHashes: string[], status: 'applied' | 'kept', now: Date): Promise<void> {
  if (payloadHashes.length === 0) return;
  await db
    .update(callbackInbox)
    .set({ status, failure: null, settledAt: now })
    .where(and(inArray(callbackInbox.payloadHash, payloadHashes), eq(callbackInbox.status, 'waiting')));
}

export async function retryCallback(db: Queryable, taken: TakenCallback, inMs: number, failure: Sentence): Promise<void> {
  await db
    .update(callbackInbox)
    .set({
      nextAttemptAt: sql`clock_timestamp() + ${`${inMs} milliseconds`}::interval`,
      failure,
      unreturned: sql`greatest(${callbackInbox.unreturned} - 1, 0)`,
    })
    .where(stillOurs(taken));
}

/** At a time: a statement that takes longer than the role may is no statement at all, and after a stop there may be millions. */
const prunedAtOnce = 5_000;

/** Settled events older than this can no longer come again. The dead stay until somebody has looked at them. */
export async function pruneInbox(db: Queryable, before: Date): Promise<void> {
  for (let gone = prunedAtOnce; gone === prunedAtOnce;) {
    const { rowCount } = await db.execute(sql`
      WITH old AS (
        SELECT payload_hash FROM callback_inbox
        WHERE status IN ('applied', 'kept') AND settled_at < ${before.toISOString()}::timestamptz
        LIMIT ${prunedAtOnce} FOR UPDATE SKIP LOCKED)
      DELETE FROM callback_inbox i USING old WHERE i.payload_hash = old.payload_hash`);
    gone = rowCount ?? 0;
  }
}
