import type { Send } from '@nextline/contract';
import { corpTimeZone } from '../customers/corp-zone.ts';
import { asOf, type TouchSummary, withTouch } from '../customers/touch-summary.ts';
import type { Queryable } from '../database.ts';
import type { Deps, Principal } from '../feature.ts';
import { forgetGuideUses } from '../scripts/guide-uses.ts';
import { recordUse } from '../scripts/record-use.ts';
import { recordSentCard } from '../suggestions/record-sent-card.ts';
import { closeTasksBySend } from '../tasks/close-by-send.ts';
import { nobody } from './holder.ts';
import { sendAnswer, sendNotFound } from './send-answer.ts';
import { findSend, insertTouch, lockSummary, saveProgress, saveSummary, type StoredSend } from './sends.store.ts';
import { holdsReservation, type PartReport, settlePart } from './settle-part.ts';
import { withoutPlace } from './take-place.ts';
import { isForgotten } from './taking-up.ts';

type Which = { externalUserId: string; sendId: string };

/**
 * What the client said about one part. The first part that reached her is the touch: ledger, summary, the script's use, the task's end and what became
 * of the suggestion are written with it, in one transaction. Told twice is once.
 */
export async function reportPart(deps: Deps, who: Principal, which: Which, report: PartReport): Promise<Send> {
  return settle(deps, who, which, (send, now) => {
    // A report that waited for the network is true about when, as long as that lies between the tap and now.
    const at = new Date(Math.min(Math.max(report.at.getTime(), send.startedAt.getTime()), now.getTime()));
    return settlePart(send, { ...report, at });
  });
}

/** The guide ended it here. What reached her stays. */
export async function stopSend(deps: Deps, who: Principal, which: Which): Promise<Send> {
  return settle(deps, who, which, (send) => (send.state === 'open' ? { state: 'stopped', parts: send.parts, firstSentAt: null } : null));
}

/** Nobody has gone on with it for a day; asked again under the lock, since somebody may have just now. */
export async function stopForgotten(deps: Deps, who: Pick<Principal, 'staffUserId'>, which: Which): Promise<Send> {
  return settle(deps, who, which, (send, now) =>
    isForgotten(send, now) ? { state: 'stopped', parts: send.parts, firstSentAt: null } : null,
  );
}

async function settle(
  deps: Deps,
  who: Pick<Principal, 'staffUserId'>,
  { externalUserId, sendId }: Which,
  decide: (send: StoredSend, now: Date) => ReturnType<typeof settlePart>,
): Promise<Send> {
  const now = deps.clock.now();
  const timeZone = await corpTimeZone(deps);
  const settled = await deps.db.transaction(async (tx) => {
    const summary = await lockSummary(tx, deps.config.wecom.corpId, externalUserId);
    const before = await findSend(tx, externalUserId, sendId);
    if (before?.staffUserId !== who.staffUserId) throw sendNotFound();
    const decision = decide(before, now);
    if (decision === null) return before;
    const { firstSentAt, parts, state } = decision;
    const after: StoredSend = { ...before, parts, state, settledAt: state === 'open' ? null : now, ...(state !== 'open' && nobody) };
    await saveProgress(tx, after);
    const without = holdsReservation(after) ? summary : withoutPlace(summary, before);
    const told = firstSentAt === null ? without : await writeTouch(tx, without, after, firstSentAt, timeZone);
    if (told !== summary) await saveSummary(tx, externalUserId, asOf(told, now, timeZone));
    return after;
  });
  forgetGuideUses(deps, who.staffUserId);
  return sendAnswer(settled);
}

async function writeTouch(tx: Queryable, summary: TouchSummary, send: StoredSend, at: Date, timeZone: string): Promise<TouchSummary> {
  const { corpId, externalUserId, staffUserId, scriptId, version, sendId, title, purpose, source } = send;
  await insertTouch(tx, {
    corpId,
    externalUserId,
    touchedAt: at,
    // A send is one touch, however many parts it has.
    touchId: sendId,
    staffUserId,
    touchpoint: 'sidebar',
    purpose,
    title,
    scriptId,
    version,
    sendId,
  });
  await recordUse(tx, { corpId, staffUserId, scriptId, at });
  await closeTasksBySend(tx, { externalUserId, staffUserId, sendId, scriptId, taskId: source.kind === 'task' ? source.taskId : null, at });
  if (source.kind === 'suggestion') {
    const { listId, slot } = source;
    await recordSentCard(tx, { corpId, externalUserId, listId, slot, staffUserId, at });
  }
  return withTouch(summary, { touchedAt: at, title, purpose, scriptId, staffUserId }, timeZone);
}
