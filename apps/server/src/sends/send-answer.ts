import type { Send } from '@nextline/contract';
import { AppError, guardRefused } from '../errors.ts';
import type { Refusal } from './guard.ts';
import type { StoredSend } from './sends.store.ts';

/** As the page gets it. */
export function sendAnswer(send: StoredSend): Send {
  const { sendId, externalUserId, scriptId, version, title, startedAt, state, parts } = send;
  return { sendId, externalUserId, scriptId, version, title, startedAt: startedAt.toISOString(), state, parts };
}

export const sendNotFound = () => new AppError({ code: 'send.not_found', status: 404, sentence: '没有这次发送。' });

/** One sentence: what, by which rule, until when. */
export function refusedBy({ blocked, details }: Refusal): AppError {
  const { code, headline, rule, endsText } = blocked;
  return guardRefused(code, `${headline}。${rule}${endsText ?? ''}`, { ...details, headline, rule, endsText });
}
