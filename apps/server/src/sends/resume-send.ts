import type { ChatMessage, Send } from '@nextline/contract';
import { corpTimeZone } from '../customers/corp-zone.ts';
import type { Deps, Principal } from '../feature.ts';
import { partsOfVersion, scriptToSend } from '../scripts/script-to-send.ts';
import { wecomMediaId } from '../scripts/wecom-media.ts';
import { heldBy, heldByAnother } from './holder.ts';
import { sendAnswer, sendIsHeld, sendTooOld } from './send-answer.ts';
import { findSend, lockSummary, saveProgress, type StoredSend } from './sends.store.ts';
import { mayGoOn, takePlace, withoutPlace } from './take-place.ts';
import { takingUp } from './taking-up.ts';
import { mediaIn } from './write-messages.ts';

/**
 * Takes up a send where it ended, unless another page is sending it. What was sent stays sent; a file that WeCom has forgotten is uploaded again. The rules are asked again, because
 * meanwhile she may have opted out, the night may have begun, the cap may be used up and the script be replaced.
 */
export async function resumeSend(deps: Deps, who: Principal, known: StoredSend, holderId: string | null): Promise<Send> {
  if (known.state === 'done') return sendAnswer(known);
  const { clock, db } = deps;
  if (takingUp(known, clock.now()) === 'begin') await scriptToSend(deps, who, known);
  const mediaIds = await freshMediaIds(deps, known);
  const timeZone = await corpTimeZone(deps);
  return db.transaction(async (tx) => {
    const summary = await lockSummary(tx, known.corpId, known.externalUserId);
    const found = (await findSend(tx, known.externalUserId, known.sendId)) ?? known;
    if (found.state === 'done') return sendAnswer(found);
    const now = clock.now();
    const until = heldByAnother(found, holderId, now);
    if (until) throw sendIsHeld(until, now);
    const meaning = takingUp(found, now);
    if (meaning === 'too_late') throw sendTooOld();
    const parts = found.parts.map((part) => ({ ...part, message: withMedia(part.message, mediaIds.get(part.n)) }));
    const resumed: StoredSend = {
      ...found,
      parts,
      state: 'open',
      settledAt: null,
      ...heldBy(holderId, now),
      ...(meaning !== 'repeat' && { startedAt: now }),
    };
    if (meaning === 'begin') await takePlace(tx, withoutPlace(summary, found), resumed, timeZone);
    if (meaning === 'go_on') await mayGoOn(tx, resumed, timeZone);
    await saveProgress(tx, resumed);
    return sendAnswer(resumed);
  });
}

async function freshMediaIds(deps: Deps, { scriptId, version, parts }: StoredSend): Promise<Map<number, string>> {
  const unsent = new Set(parts.filter((part) => part.state !== 'sent').map((part) => part.n));
  const files = mediaIn(await partsOfVersion(deps, scriptId, version)).filter(({ n }) => unsent.has(n));
  return new Map(await Promise.all(files.map(async (file) => [file.n, await wecomMediaId(deps, file)] as const)));
}

function withMedia(message: ChatMessage, mediaid: string | undefined): ChatMessage {
  if (mediaid === undefined) return message;
  if (message.msgtype === 'image') return { ...message, image: { mediaid } };
  if (message.msgtype === 'video') return { ...message, video: { mediaid } };
  return message.msgtype === 'file' ? { ...message, file: { mediaid } } : message;
}
