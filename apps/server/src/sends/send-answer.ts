import type { Send } from '@nextline/contract';
import { AppError, guardRefused } from '../errors.ts';
import type { Refusal } from './guard.ts';
import type { StoredSend } from './sends.store.ts';

/** As the page gets it. */
export function sendAnswer(send: StoredSend): Send {
  const { sendId, externalUserId, scriptId, version, title, startedAt, state, parts, holderId, heldUntil } = send;
  const times = { startedAt: startedAt.toISOString(), heldUntil: heldUntil?.toISOString() ?? null };
  return { sendId, externalUserId, scriptId, version, title, state, parts, holderId, ...times };
}

export const sendNotFound = () =>
  new AppError({ code: 'send.not_found', status: 404, sentence: { 'zh-CN': '没有这次发送。', en: 'There is no such send.' } });
export const sendTooOld = () =>
  new AppError({
    code: 'send.too_old',
    status: 409,
    sentence: {
      'zh-CN': '隔了一天多，剩下的别接着发了，重新选一句。',
      en: 'That was more than a day ago. Do not go on with the rest, choose anew.',
    },
  });
export const sendIsHeld = (until: Date, now: Date) =>
  new AppError({
    code: 'send.held',
    status: 409,
    sentence: { 'zh-CN': '正在另一台设备发送。', en: 'It is being sent from another device.' },
    details: { forMs: until.getTime() - now.getTime() },
  });
/** The id of a tap stands for what was tapped. */
export const sendIsAnother = () =>
  new AppError({
    code: 'send.other_script',
    status: 409,
    sentence: { 'zh-CN': '刚才点的是另一句，再点一次。', en: 'That was another script. Tap once more.' },
  });

/** One sentence: what, by which rule, until when. `offer`: the guide's own words because of which the rule holds here. */
export function refusedBy({ blocked, details }: Refusal, offer: string | null = null): AppError {
  const { code, headline, endsText } = blocked;
  const rule = offer === null ? blocked.rule : `你写的话里有「${offer}」，算营销。${blocked.rule}`;
  return guardRefused(code, `${headline}。${rule}${endsText ?? ''}`, { ...details, headline, rule, endsText });
}
