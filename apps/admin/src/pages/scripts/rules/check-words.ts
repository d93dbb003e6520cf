import type { ScriptRules } from '@nextline/contract';

type Word = ScriptRules['forbiddenWords'][number];

/** What is wrong with the list of forbidden words, by its row: a row without a word, a word that stands there twice. */
export function wrongWords(words: readonly Word[]): Map<number, 'wordEmpty' | 'wordTwice'> {
  const seen = new Set<string>();
  const wrong = new Map<number, 'wordEmpty' | 'wordTwice'>();
  for (const [at, { word }] of words.entries()) {
    const key = word.trim().toLowerCase();
    if (key === '') wrong.set(at, 'wordEmpty');
    else if (seen.has(key)) wrong.set(at, 'wordTwice');
    seen.add(key);
  }
  return wrong;
}
