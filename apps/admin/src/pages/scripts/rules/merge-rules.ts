import type { ScriptRules } from '@nextline/contract';

type Word = ScriptRules['forbiddenWords'][number];

const keyOf = ({ word }: Word) => word.trim().toLowerCase();
const byWord = (words: readonly Word[]) => new Map(words.map((word) => [keyOf(word), word]));
const same = (one: Word | undefined, other: Word | undefined) =>
  one !== undefined && other !== undefined && one.word === other.word && one.why === other.why && one.replaceWith === other.replaceWith;

/**
 * What somebody else has saved, with what was changed here laid over it: words that were added, changed or taken away since `base`, which both began with.
 * Where both have touched one word, it is as it is here: whoever looks has just written it.
 */
export function mergeRules(base: ScriptRules, mine: ScriptRules, theirs: ScriptRules): ScriptRules {
  const [before, here, there] = [byWord(base.forbiddenWords), byWord(mine.forbiddenWords), byWord(theirs.forbiddenWords)];
  const changedHere = (key: string) => !same(before.get(key), here.get(key)) && (before.has(key) || here.has(key));
  const kept = theirs.forbiddenWords.flatMap((word) => {
    const key = keyOf(word);
    return changedHere(key) ? (here.get(key) ?? []) : [word];
  });
  const added = mine.forbiddenWords.filter((word) => !there.has(keyOf(word)) && changedHere(keyOf(word)));
  return { fourEyes: mine.fourEyes === base.fourEyes ? theirs.fourEyes : mine.fourEyes, forbiddenWords: [...added, ...kept] };
}
