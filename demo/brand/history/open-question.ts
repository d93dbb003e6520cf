import { heard } from './contacts.ts';
import type { Contacts } from './conversations.ts';
import { daysAfter, minutesAfter } from './days.ts';
import { writtenQuestion } from './first-guide.ts';
import { momentOf } from './habits.ts';
import { lot, pickWeighted } from './lots.ts';
import type { Person } from './person.ts';
import { questions } from './questions.ts';

const share = 0.08;
const recentDays = 5;

/** Some ask, and nobody has answered yet: after that nothing but marketing reached them. */
export function withOpenQuestion(person: Person, contacts: Contacts, now: Date): Contacts {
  const asked = writtenQuestion(person, now) ?? drawnQuestion(person, now);
  if (asked === null || asked.at <= person.followedAt) return contacts;
  return {
    outcomes: [...contacts.outcomes.filter(({ occurredAt }) => occurredAt < asked.at), heard(person, 'reply', asked.at, asked.text)],
    touches: contacts.touches.filter(({ touchedAt, purpose }) => purpose === 'marketing' || touchedAt < asked.at),
  };
}

function drawnQuestion(person: Person, now: Date): { text: string; at: Date } | null {
  if (person.endedAt !== null || lot(person.externalUserId, 'open question') >= share) return null;
  const at = momentOf(person, daysAfter(now, -recentDays), minutesAfter(now, -30), 'open question');
  if (at === null) return null;
  return { at, text: pickWeighted(lot(person.externalUserId, 'open question', 'text'), questions).text };
}
