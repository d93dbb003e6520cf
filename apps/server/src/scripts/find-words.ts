import type { ScriptRules } from '@nextline/contract';

type ForbiddenWord = ScriptRules['forbiddenWords'][number];
export type FoundWord = { from: number; to: number; word: ForbiddenWord };

type Entry = { text: string; word: ForbiddenWord | null };

/** Of words that begin at one place the longest counts: `最有效` is found, not `最` in it, and `最近` not at all. Case and width do not matter. */
export function createWordFinder(forbidden: readonly ForbiddenWord[], harmless: readonly string[]): (text: string) => FoundWord[] {
  const byStart = new Map<string, Entry[]>();
  const own = new Set(forbidden.map(({ word }) => fold(word)));
  const entries: Entry[] = [
    ...forbidden.map((word) => ({ text: fold(word.word), word })),
    // A brand that forbids an everyday word means it.
    ...harmless.map((text) => ({ text: fold(text), word: null })).filter(({ text }) => !own.has(text)),
  ];
  for (const entry of entries) {
    const start = entry.text.charAt(0);
    byStart.set(start, [...(byStart.get(start) ?? []), entry]);
  }
  for (const list of byStart.values()) list.sort((a, b) => b.text.length - a.text.length);
  return (text) => {
    const folded = fold(text);
    const found: FoundWord[] = [];
    for (let at = 0; at < folded.length;) {
      const hit = byStart.get(folded.charAt(at))?.find((entry) => folded.startsWith(entry.text, at));
      if (hit?.word) found.push({ from: at, to: at + hit.text.length, word: hit.word });
      at += hit ? hit.text.length : 1;
    }
    return found;
  };
}

/** Half width and lower case, one UTF-16 unit for one, so that places stay places. */
function fold(text: string): string {
  return text.replaceAll(/[\uff01-\uff5eA-Z]/g, (unit) =>
    unit < '\uff01' ? unit.toLowerCase() : String.fromCharCode(unit.charCodeAt(0) - 0xfee0).toLowerCase(),
  );
}
