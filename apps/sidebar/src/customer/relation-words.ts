import type { Panel } from '@nextline/contract';
import { agoWords, dayWords, localTime, whenWords } from '../day-words.ts';

export type RelationWords = {
  /** Above the line: how alive this is. */
  engaged: string;
  habit: string | null;
  /** Below the line: how often we touched, and from when marketing may go on. */
  touched: string;
  next: string | null;
  /** Amber: a limit is reached. */
  limited: boolean;
};

/** The two lines beside the pulse. They are its legend, and its label for whoever cannot see it. */
export function relationWords(
  { relation, customer, follow }: Pick<Panel, 'relation' | 'customer' | 'follow'>,
  now: Date,
  timeZone: string,
): RelationWords {
  const { lastEngagedAt } = relation;
  // To have been added is the only thing that WeCom itself tells of her.
  const verb = lastEngagedAt === follow.followedAt ? '添加' : '互动';
  const engaged = lastEngagedAt ? `${agoWords(new Date(lastEngagedAt), now, timeZone)}${verb}` : '还没有互动过';
  return { engaged, habit: relation.replyHours, ...touchWords(relation, customer.optedOutAt, now, timeZone) };
}

function touchWords({ marketing, lastTouch }: Panel['relation'], optedOutAt: string | null, now: Date, timeZone: string) {
  const count = `${windowWords(marketing.windowDays)}触达 ${marketing.count}/${marketing.cap}`;
  if (optedOutAt) return { touched: '不收营销消息', next: `${dayWords(new Date(optedOutAt), now, timeZone)}起`, limited: true };
  if (lastTouch && now.getTime() - Date.parse(lastTouch.at) < 600_000) {
    if (lastTouch.purpose === 'service') return { touched: '刚刚触达', next: '服务类，不占次数', limited: false };
    return {
      touched: '刚刚触达',
      next: `${windowWords(marketing.windowDays)} ${marketing.count}/${marketing.cap}`,
      limited: marketing.count >= marketing.cap,
    };
  }
  const ends = marketing.nextAllowedAt ? new Date(marketing.nextAllowedAt) : null;
  if (!ends || ends <= now) return { touched: count, next: '现在可营销', limited: false };
  if (marketing.blocked?.code === 'guard.quiet_hours') return { touched: count, next: '夜里不营销', limited: false };
  if (marketing.count >= marketing.cap) return { touched: count, next: `${whenWords(ends, now, timeZone)} 解除`, limited: true };
  return { touched: count, next: `${sinceWords(ends, now, timeZone)}起可营销`, limited: false };
}

const windowWords = (days: number) => (days === 7 ? '本周' : days === 1 ? '今天' : `近 ${days} 天`);

/** A day is enough unless it is today. */
function sinceWords(at: Date, now: Date, timeZone: string): string {
  const days = localTime(at, timeZone).dayNumber - localTime(now, timeZone).dayNumber;
  if (days === 0) return `${whenWords(at, now, timeZone)} `;
  return days > 1 && days < 7 ? localTime(at, timeZone).weekday : dayWords(at, now, timeZone);
}
