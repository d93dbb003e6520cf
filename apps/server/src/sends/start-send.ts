import type { Part, Send, startSendBody } from '@nextline/contract';
import type { z } from 'zod';
import { writeAudit } from '../audit/write-audit.ts';
import { corpTimeZone } from '../customers/corp-zone.ts';
import { customerForSend } from '../customers/customer-for-send.ts';
import { notYourCustomer } from '../customers/require-customer.ts';
import type { Queryable } from '../database.ts';
import type { Deps, Principal } from '../feature.ts';
import { scriptToSend } from '../scripts/script-to-send.ts';
import { wecomMediaId } from '../scripts/wecom-media.ts';
import { heldBy, heldByAnother } from './holder.ts';
import { purposeOfSend } from './purpose-of-send.ts';
import { resumeSend } from './resume-send.ts';
import { sendAnswer, sendIsAnother, sendIsHeld, sendNotFound } from './send-answer.ts';
import { findSend, insertSend, lockSummary, type StoredSend } from './sends.store.ts';
import { takePlace } from './take-place.ts';
import { mediaIn, writeMessages, writeTexts } from './write-messages.ts';

/**
 * One tap: checks, writes the messages, and records the intent under the customer's lock. Asking again with the same id gives the same send;
 * for one that has ended short of its last part that is how it is taken up again.
 */
export async function startSend(deps: Deps, who: Principal, externalUserId: string, body: z.output<typeof startSendBody>): Promise<Send> {
  const { active, values } = await customerForSend(deps, who, externalUserId);
  const known = await findSend(deps.db, externalUserId, body.sendId);
  if (known && known.staffUserId !== who.staffUserId) throw sendNotFound();
  if (!active) throw notYourCustomer();
  if (known && !isSameTap(known, body)) throw sendIsAnother();
  if (known) return resumeSend(deps, who, known, body.holderId);

  const script = await scriptToSend(deps, who, body);
  const { fills, edits } = body;
  const writing = { parts: script.parts, values, defaults: script.defaults, fills, edits, publicUrl: deps.config.publicUrl };
  // Before any file travels: a text with a hole in it goes nowhere.
  writeTexts(writing);
  const parts = writeMessages(writing, await mediaIds(deps, script.parts));
  const { purpose, offer } = purposeOfSend({ script, edits, fills });
  const now = deps.clock.now();
  const send: StoredSend = {
    corpId: deps.config.wecom.corpId,
    externalUserId,
    sendId: body.sendId,
    staffUserId: who.staffUserId,
    scriptId: body.scriptId,
    version: body.version,
    title: script.title,
    purpose,
    source: body.source,
    parts,
    state: 'open',
    startedAt: now,
    settledAt: null,
    ...heldBy(body.holderId, now),
  };
  return record(deps, send, offer);
}

type Tapped = Pick<StoredSend, 'scriptId' | 'version'>;
const isSameTap = (one: Tapped, other: Tapped) => one.scriptId === other.scriptId && one.version === other.version;

async function mediaIds(deps: Deps, parts: readonly Part[]): Promise<Map<number, string>> {
  return new Map(await Promise.all(mediaIn(parts).map(async (file) => [file.n, await wecomMediaId(deps, file)] as const)));
}

/** `offer`: the guide's own words because of which it counts as marketing. */
async function record(deps: Deps, send: StoredSend, offer: string | null): Promise<Send> {
  const timeZone = await corpTimeZone(deps);
  return deps.db.transaction(async (tx) => {
    const summary = await lockSummary(tx, send.corpId, send.externalUserId);
    if (!(await insertSend(tx, send))) return twinOf(tx, send);
    // A refusal takes the send back with it.
    await takePlace(tx, summary, send, timeZone, offer);
    const { scriptId, version, purpose, startedAt: at } = send;
    await writeAudit(tx, {
      corpId: send.corpId,
      who: { staffUserId: send.staffUserId },
      action: 'send.start',
      subject: { kind: 'customer', id: send.externalUserId },
      detail: { sendId: send.sendId, scriptId, version, purpose },
      at,
    });
    return sendAnswer(send);
  });
}

/** The same tap came twice at once: the second gets what the first wrote. */
async function twinOf(tx: Queryable, send: StoredSend): Promise<Send> {
  const twin = await findSend(tx, send.externalUserId, send.sendId);
  if (twin?.staffUserId !== send.staffUserId) throw sendNotFound();
  if (!isSameTap(twin, send)) throw sendIsAnother();
  const until = heldByAnother(twin, send.holderId, send.startedAt);
  if (until) throw sendIsHeld(until, send.startedAt);
  return sendAnswer(twin);
}
