import { dayMs, hourMs } from '../corp-time.ts';
import {
  type Heard,
  heardFrom,
  ourAddress,
  type Question,
  type WeComAnswer,
  whoHasCustomers,
  aboutStaff,
} from '../wecom-sync/remember-answers.ts';
import type { Answer, Findings } from './findings.ts';
import { type Said, say } from './say.ts';

/** What WeCom said to this the last time that it could be asked; null when it never was. */
export const lastTime = ({ store }: Pick<Findings, 'store'>, { question, about }: Question): WeComAnswer | null =>
  store?.remembered.find((answer) => answer.question === question && answer.about === about) ?? null;

function ago(ms: number): Said {
  if (ms < 120_000) return say('ago.now');
  if (ms < 2 * hourMs) return say('ago.minutes', { n: Math.round(ms / 60_000) });
  return ms < 2 * dayMs ? say('ago.hours', { n: Math.round(ms / hourMs) }) : say('ago.days', { n: Math.round(ms / dayMs) });
}

const since = ({ heardAt }: WeComAnswer, { checkedAt }: Pick<Findings, 'checkedAt'>) =>
  ago(Math.max(0, checkedAt.getTime() - heardAt.getTime()));

type Then = { because: Said; last: WeComAnswer; said: Said };

/** It cannot be asked now, and all was well when it could. */
export const wasWell = ({ because, last, said }: Then, findings: Findings): Said =>
  say('hidden.then_well', { because, ago: since(last, findings), said });

/** It cannot be asked now, and WeCom refused when it could. */
export const wasRefused = ({ because, last, said }: Then, findings: Findings): Said =>
  say('hidden.then_refused', { because, ago: since(last, findings), said, code: last.errcode });

type HeardNow = Pick<Findings, 'followUsers' | 'staff' | 'refusedAddresses' | 'addressPassed'>;

function heard(asked: Question, answer: Answer<unknown>): Heard[] {
  if ('got' in answer) return heardFrom(asked, 0);
  return 'refused' in answer ? heardFrom(asked, answer.refused, answer.said) : [];
}

/** What was heard this time and is worth remembering for the next. */
export function heardNow({ followUsers, staff, refusedAddresses, addressPassed }: HeardNow): Heard[] {
  const answers = [
    ...heard(whoHasCustomers, followUsers),
    ...staff.asked.flatMap(({ staffUserId, answer }) => heard(aboutStaff(staffUserId), answer)),
  ].filter(({ question }) => question !== ourAddress.question);
  if (refusedAddresses.length > 0) return [...answers, { ...ourAddress, errcode: 60020, said: refusedAddresses.join('、') }];
  return addressPassed ? [...answers, { ...ourAddress, errcode: 0, said: '' }] : answers;
}
