import { fold } from './fold.ts';
import { matchUnits } from './match-units.ts';
import { parseQuery } from './query-words.ts';
import { titleScore } from './score.ts';
import { rangesOf, toUnits } from './title-units.ts';

export type MatchableTag = {
  tagId: string;
  name: string;
  /** `min gan ji`: one syllable per character; a character that is not Han stands for itself. */
  pinyin: string;
};
export type TagMatch = { tagId: string; /** `[from, to)` in UTF-16 units of the name. */ ranges: [number, number][] };

/** Finds tags by characters, pinyin and initials, best first. An empty query matches every tag, in the order given. */
export function createTagMatcher(tags: readonly MatchableTag[]): (query: string) => TagMatch[] {
  const known = tags.map((tag) => ({ tagId: tag.tagId, units: toUnits(tag.name, tag.pinyin, null) }));
  return (query) => {
    const { compact } = parseQuery(fold(query));
    if (compact === '') return known.map(({ tagId }) => ({ tagId, ranges: [] }));
    return known
      .flatMap(({ tagId, units }) => {
        const match = matchUnits(units, compact);
        return match
          ? [{ tagId, ranges: rangesOf(units, match.start, match.end), score: titleScore(match.via, match.start, match.end, units) }]
          : [];
      })
      .sort((a, b) => b.score - a.score)
      .map(({ tagId, ranges }) => ({ tagId, ranges }));
  };
}
