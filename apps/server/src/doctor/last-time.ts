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

/** What WeCom said to this the last time that it could be asked; null when it never was. */
export const lastTime = ({ store }: Pick<Findings, 'store'>, { question, about }: Question): WeComAnswer | null =>
  store?.remembered.find((answer) => answer.question === question && answer.about === about) ?? null;

function agoInWords(ms: number): string {
  if (ms < 120_000) return '刚才';
  if (ms < 2 * hourMs) return `${Math.round(ms / 60_000)} 分钟前`;
  return ms < 2 * dayMs ? `${Math.round(ms / hourMs)} 小时前` : `${Math.round(ms / dayMs)} 天前`;
}

/** `上次（3 小时前）`. */
export const lastTimeInWords = ({ heardAt }: WeComAnswer, { checkedAt }: Pick<Findings, 'checkedAt'>): string =>
  `上次（${agoInWords(Math.max(0, checkedAt.getTime() - heardAt.getTime()))}）`;

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
