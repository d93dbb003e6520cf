import type { Reason } from '@nextline/contract';
import { clockTime, dayOf, spokenDay } from '../corp-time.ts';
import { daysOf, type Fact, factFor } from './facts.ts';
import type { Ranked } from './rank-suggestions.ts';
import { pronoun, type Situation } from './situation.ts';

const unmeasured: Reason = { kind: 'unmeasured', text: '还测不出效果' };
const fact = (text: string): Reason => ({ kind: 'fact', text });

/** Counts say something from here on. */
const fewestUses = 5;

/** The line above the message: why this card is here. */
export function metaOf({ candidate, fact }: Ranked, situation: Situation): string {
  if (fact.kind === 'task') return `待办 · ${fact.task.title}`;
  if (fact.kind === 'answer')
    return `${pronoun(situation.gender)} ${spokenDay(fact.at, situation.now, situation.timeZone)}问过${fact.word}，还没人回`;
  return `建议 · ${candidate.folderName === '' ? candidate.script.title : candidate.folderName}`;
}

/** `今天 18:00 前`; once that has passed, since when. */
export function dueOf({ fact }: Ranked, { now, timeZone }: Situation): string | null {
  if (fact.kind !== 'task') return null;
  const { dueAt } = fact.task;
  return `${spokenDay(dueAt, now, timeZone)} ${clockTime(dueAt, timeZone)} ${dueAt < now ? '已到期' : '前'}`;
}

/** A fact about her, or the plain admission that nothing is known; never an adjective. */
export function reasonOf({ candidate, fact: spoken }: Ranked, situation: Situation): Reason {
  const { uses30d, replies30d } = candidate.script;
  if (spoken.kind === 'answer') {
    if (uses30d < fewestUses) return unmeasured;
    return fact(`近 30 天发过 ${uses30d} 次${replies30d === null ? '' : `，${replies30d} 人回了`}`);
  }
  if (spoken.kind !== 'task') return wordsFor(spoken, candidate.script.purpose, candidate.script.scriptId, situation);
  const behind = factFor(candidate, situation, daysOf(situation));
  if (behind !== null && behind.kind !== 'fit') return wordsFor(behind, candidate.script.purpose, candidate.script.scriptId, situation);
  return fact(`${spokenDay(spoken.task.createdAt, situation.now, situation.timeZone)}记下的`);
}

function wordsFor(spoken: Fact, purpose: 'service' | 'marketing', scriptId: string, situation: Situation): Reason {
  const { now, timeZone, sentScripts } = situation;
  switch (spoken.kind) {
    case 'sinceOrder':
      if (spoken.days === 0) return fact(`今天刚买了${spoken.item}`);
      return fact(purpose === 'service' ? `${spoken.item}用了 ${spoken.days} 天，正是回访的时候` : `${spoken.days} 天前买的${spoken.item}`);
    case 'sinceFollow':
      return fact(spoken.days === 0 ? '今天刚加上' : `加上第 ${spoken.days} 天`);
    case 'silent':
      return fact(`${pronoun(situation.gender)} ${spoken.days} 天没动静了`);
    case 'ending': {
      const days = dayOf(spoken.lastMoment, timeZone) - dayOf(now, timeZone);
      return fact(`${spokenDay(spoken.lastMoment, now, timeZone)}截止${days > 1 ? `，还剩 ${days} 天` : ''}`);
    }
    case 'fit': {
      if (spoken.stage === null && spoken.tags.length === 0 && spoken.bought === null) return unmeasured;
      const sentAt = sentScripts[scriptId];
      const history = sentAt === undefined ? '没发过' : `上次发是${spokenDay(new Date(sentAt), now, timeZone)}`;
      const bought = spoken.bought === null ? [] : [`上次买了${spoken.bought}`];
      return fact([...bought, ...(spoken.stage === null ? [] : [spoken.stage]), ...spoken.tags.slice(0, 2), history].join(' · '));
    }
    default:
      return unmeasured;
  }
}
