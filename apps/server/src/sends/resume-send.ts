import type { ChatMessage, Send } from '@nextline/contract';
import { corpTimeZone } from '../customers/corp-zone.ts';
import type { Deps } from '../feature.ts';
import { partsOfVersion } from '../scripts/script-to-send.ts';
import { wecomMediaId } from '../scripts/wecom-media.ts';
import { sendAnswer } from './send-answer.ts';
import { findSend, lockSummary, saveProgress, type StoredSend } from './sends.store.ts';
import { takePlace } from './take-place.ts';
import { mediaIn } from './write-messages.ts';

/**
 * Takes up a send where it ended. What was sent stays sent; a file that WeCom has forgotten is uploaded again; a marketing send of which nothing
 * had reached her needs a place under the cap again, because the first one was given back.
 */
export async function resumeSend(deps: Deps, known: StoredSend): Promise<Send> {
  if (known.state === 'done') return sendAnswer(known);
  const mediaIds = await freshMediaIds(deps, known);
  const timeZone = await corpTimeZone(deps);
  return deps.db.transaction(async (tx) => {
    const summary = await lockSummary(tx, known.corpId, known.externalUserId);
    const found = (await findSend(tx, known.externalUserId, known.sendId)) ?? known;
    if (found.state === 'done') return sendAnswer(found);
    const parts = found.parts.map((part) => ({ ...part, message: withMedia(part.message, mediaIds.get(part.n)) }));
    const stopped = found.state === 'stopped';
    const resumed: StoredSend = { ...found, parts, state: 'open', settledAt: null, ...(stopped && { startedAt: deps.clock.now() }) };
    if (stopped) await takePlace(tx, summary, resumed, timeZone);
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
