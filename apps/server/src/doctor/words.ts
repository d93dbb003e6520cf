import type { Answer } from './findings.ts';
import { type Check, type Said, say } from './say.ts';

type Id = Check['id'];

export const ok = (id: Id, sentence: Said, detail: Said[] = []): Check => ({ id, state: 'ok', sentence, fix: null, detail });

export const failed = (id: Id, sentence: Said, fix: Said, detail: Said[] = []): Check => ({ id, state: 'failed', sentence, fix, detail });

/** Nothing is proved either way. `look`: how a person can see for themselves. */
export const undecided = (id: Id, sentence: Said, look: Said | null, detail: Said[] = []): Check => ({
  id,
  state: 'unknown',
  sentence,
  fix: look,
  detail,
});

/** Something else must be repaired before this can be tested. `look`: what a person can compare meanwhile. */
export const unknown = (id: Id, because: Said, look: Said | null, detail: Said[] = []): Check =>
  undecided(id, say('hidden', { because }), look, detail);

const tokenRefused = new Set([40001, 40013, 40014, 42001]);

/** Which earlier trouble kept this question from being answered; null when the answer itself says something about what was asked. */
export function keptFrom(answer: Answer<unknown>): Said | null {
  if ('got' in answer) return null;
  if ('notAsked' in answer) return say(`because.${answer.notAsked}`);
  if ('silent' in answer) return say('because.wecom_away');
  if (answer.refused === 60020) return say('because.address');
  if (tokenRefused.has(answer.refused)) return say('because.dead_token');
  if (answer.refused === 48002) return say('because.not_callable');
  if (answer.refused === 45009 || answer.refused === 45033) return say('because.too_often');
  return null;
}

export const codeOf = (answer: Answer<unknown>): number | string => ('refused' in answer ? answer.refused : '');

/** WeCom's own words, for the detail: its support asks for the hint. */
export const quote = (answer: Answer<unknown>): Said[] => {
  if ('refused' in answer) return [say('wecom_said', { code: answer.refused, said: answer.said })];
  return 'silent' in answer ? [say('raw', { text: answer.silent })] : [];
};

/** Names, but not a whole page of them. */
export function names(people: { staffUserId: string; name: string }[], most = 8): Said {
  const shown = people.slice(0, most).map(({ staffUserId: id, name }) => (name === '' ? id : say('name', { name, id })));
  return people.length > most ? say('names.more', { names: shown, n: people.length }) : say('raw', { text: shown });
}
