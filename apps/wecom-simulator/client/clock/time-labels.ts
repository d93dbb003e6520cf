/** The corp's business time is Asia/Shanghai, which has kept UTC+8 without summer time since 1991. */
const SHANGHAI_OFFSET = 8 * 3_600_000;
const DAY = 86_400_000;
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** Milliseconds, or the ISO 8601 that the simulator's server speaks. */
export type Moment = number | string;

export const milliseconds = (at: Moment): number => (typeof at === 'number' ? at : Date.parse(at));
const inShanghai = (at: Moment): Date => new Date(milliseconds(at) + SHANGHAI_OFFSET);
const dayNumber = (at: Moment): number => Math.floor((milliseconds(at) + SHANGHAI_OFFSET) / DAY);
const weekday = (at: Moment): string => WEEKDAYS[inShanghai(at).getUTCDay()] ?? '';
const monthDay = (at: Moment): string => `${inShanghai(at).getUTCMonth() + 1}月${inShanghai(at).getUTCDate()}日`;
const year = (at: Moment): number => inShanghai(at).getUTCFullYear();

/** `14:32` */
export const hourMinute = (at: Moment): string => inShanghai(at).toISOString().slice(11, 16);

/** `14:32:07`, for the list of calls */
export const hourMinuteSecond = (at: Moment): string => inShanghai(at).toISOString().slice(11, 19);

/** `6月9日 周二 14:32`: the simulated clock in the top bar. */
export const clockLabel = (now: number): string => `${monthDay(now)} ${weekday(now)} ${hourMinute(now)}`;

/** `2026年6月9日`, for facts that a year matters to. */
export const dateLabel = (at: Moment): string => `${year(at)}年${monthDay(at)}`;

/** How the chat list says when something was last said: shorter the nearer it is. */
export function chatTimeLabel(at: Moment, now: number): string {
  const daysAgo = dayNumber(now) - dayNumber(at);
  if (daysAgo <= 0) return hourMinute(at);
  if (daysAgo === 1) return '昨天';
  if (daysAgo < 7) return weekday(at);
  return year(at) === year(now) ? monthDay(at) : `${year(at)}/${inShanghai(at).getUTCMonth() + 1}/${inShanghai(at).getUTCDate()}`;
}

/** The line between two groups of messages. */
export function separatorLabel(at: Moment, now: number): string {
  const daysAgo = dayNumber(now) - dayNumber(at);
  if (daysAgo <= 0) return hourMinute(at);
  if (daysAgo === 1) return `昨天 ${hourMinute(at)}`;
  return year(at) === year(now) ? `${monthDay(at)} ${hourMinute(at)}` : `${dateLabel(at)} ${hourMinute(at)}`;
}
