import type { MessageBody } from '../world/message.ts';
import { dialogues, openings, openQuestions, products, type Dialogue } from './dialogues.ts';
import type { Random } from './random.ts';

export interface HistoryLine {
  from: 'c' | 's';
  body: MessageBody;
  at: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Chats are kept for this long in the seed, so that the client opens fast. */
const remembered = 90 * day;

/**
 * What a staff member and a customer have said in the last 90 days: 3 to 30 messages, at hours at which people write.
 * `today` is midnight in Shanghai; nothing is later than that.
 */
export function seedHistory(
  random: Random,
  pair: { called: string; guide: string; store: string; addedAt: number; endedAt: number | null; today: number },
): HistoryLine[] {
  const end = Math.min(pair.endedAt ?? pair.today, pair.today);
  const start = Math.max(pair.addedAt, end - remembered);
  const words = { 尊: pair.called, 导: pair.guide, 店: pair.store, 品: random.pick(products) };
  const wanted = random.between(3, 30);
  const chats: Dialogue[] = pair.addedAt === start ? [random.pick(openings)] : [];
  const unused = [...dialogues];
  while (chats.flat().length < wanted && chats.flat().length < 26 && unused.length > 0) {
    chats.push(...unused.splice(random.between(0, unused.length - 1), 1));
  }
  if (random.chance(0.14)) chats.push([['c', random.pick(openQuestions)]]);

  const meeting = pair.addedAt === start ? [start] : [];
  const later = chats.slice(meeting.length).map(() => talkingTime(random, start, end));
  const times = [...meeting, ...later.toSorted((a, b) => a - b)];
  const lines: HistoryLine[] = [];
  chats.forEach((chat, n) => {
    // One conversation ends before the next begins.
    const begin = Math.max(times[n] ?? start, (lines.at(-1)?.at ?? 0) + hour);
    lines.push(...sayAt(random, chat, begin, words));
  });
  return lines.filter((line) => line.at < end);
}

/** A moment of a day between 9 and 22 o'clock, most often in the evening. `start` and `end` bound the days. */
function talkingTime(random: Random, start: number, end: number): number {
  const days = Math.max(0, Math.floor((end - start) / day) - 1);
  const atHour = random.chance(0.5) ? random.between(19, 21) : random.between(10, 18);
  const at = shanghaiMidnight(end) - random.between(1, days + 1) * day + atHour * hour + random.between(0, 59) * minute;
  return at > start && at < end ? at : start + Math.floor(random.next() * (end - start));
}

/** The business time of the brand; Shanghai has no daylight saving. */
export function shanghaiMidnight(at: number): number {
  return at - ((at + 8 * hour) % day);
}

function sayAt(random: Random, chat: Dialogue, begin: number, words: Record<string, string>): HistoryLine[] {
  let at = begin;
  return chat.map(([from, text]) => {
    const line: HistoryLine = { from, body: { msgtype: 'text', text: fill(text, words) }, at };
    at += random.between(1, from === 'c' ? 25 : 6) * minute + random.between(0, 50) * 1000;
    return line;
  });
}

function fill(text: string, words: Record<string, string>): string {
  return text.replaceAll(/\{(.)\}/g, (_, key: string) => words[key] ?? '');
}
