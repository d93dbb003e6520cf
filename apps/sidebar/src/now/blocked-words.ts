import type { Blocked } from '@nextline/contract';
import type { ApiFailure } from '../api.ts';
import { dayWords, whenWords } from '../day-words.ts';

/** The guard's refusal of a send, told as a blocked card tells it: what, by which rule, until when. Null for any other refusal. */
export function blockedFrom(refusal: Pick<ApiFailure, 'code' | 'message' | 'details'>, now: Date, timeZone: string): Blocked | null {
  const { code, message, details } = refusal;
  const endsAt = typeof details.endsAt === 'string' ? details.endsAt : null;
  const endsText = endsAt ? `${whenWords(new Date(endsAt), now, timeZone)} 起可发。` : null;
  if (code === 'guard.cap') {
    const { cap, windowDays } = details;
    return {
      code,
      headline: `${windowDays === 7 ? '这周' : windowDays === 1 ? '今天' : '最近'}的营销次数用完了`,
      rule: `规则：每位客户 ${String(windowDays)} 天内最多 ${String(cap)} 次，全店合计。`,
      endsAt,
      endsText,
    };
  }
  if (code === 'guard.quiet_hours') return { code, headline: '现在是免打扰时间', rule: message, endsAt, endsText };
  if (code === 'guard.opted_out') {
    const since = typeof details.since === 'string' ? `${dayWords(new Date(details.since), now, timeZone)}起` : '';
    return { code, headline: '这位客户不收营销消息', rule: `${since}只能回复和做售后。`, endsAt: null, endsText: null };
  }
  return null;
}
