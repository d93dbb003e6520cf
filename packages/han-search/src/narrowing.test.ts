import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brandLibrary } from './brand-library.test-data.ts';
import { fold } from './fold.ts';
import { matchUnits } from './match-units.ts';
import { createNarrowing, matchAt } from './narrowing.ts';
import { parseQuery } from './query-words.ts';
import { toUnits, type Unit } from './title-units.ts';

const titles = [
  ...brandLibrary.map(({ title, titlePinyin }) => toUnits(title, titlePinyin, null)),
  toUnits('618，红包怎么领', '618， hong bao zen me ling', null),
  toUnits('重庆 A醇，二次 fan hong', 'chong qing A chun er ci fan hong', null),
  toUnits('啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊', 'a a a a a a a a a a a a a a a a', null),
];

/** What a guide might type for these units from some place on: each as itself, as its syllable, as its initial, or wrong. */
const typedFor = (units: readonly Unit[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.nat(units.length - 1),
      fc.array(fc.constantFrom('itself', 'syllable', 'initial', 'initial', 'wrong'), { minLength: 1, maxLength: 8 }),
    )
    .map(([from, ways]) =>
      ways
        .map((way, n) => {
          const unit = units[from + n];
          const syllable = unit?.syllables.at(-1) ?? unit?.text ?? '';
          return way === 'itself' ? (unit?.text ?? '') : way === 'syllable' ? syllable : way === 'initial' ? syllable.charAt(0) : 'x';
        })
        .join(''),
    )
    .map((typed) => parseQuery(fold(typed)).compact)
    .filter((typed) => typed !== '');

const searches = fc.constantFrom(...titles).chain(typedFor);
const all = (query: string) => titles.map((units) => matchUnits(units, query));

test('typed letter by letter, and deleted letter by letter, it finds what a look at every title finds', () => {
  const narrowing = createNarrowing();
  for (const units of titles) narrowing.add(units);
  const find = (query: string) => {
    const narrowed = narrowing.find(query);
    const each = titles.map(() => null as ReturnType<typeof matchUnits>);
    for (const [n, title] of narrowed.at.entries()) each[title] = matchAt(narrowed, n);
    return each;
  };
  fc.assert(
    fc.property(searches, fc.integer({ min: 1, max: 3 }), (query, letters) => {
      for (let length = letters; length < query.length; length += letters)
        expect(find(query.slice(0, length))).toEqual(all(query.slice(0, length)));
      expect(find(query)).toEqual(all(query));
      const back = query.slice(0, -1) || query;
      expect(find(back)).toEqual(all(back));
    }),
    { numRuns: 400 },
  );
});

test('a letter that finds nothing by itself does not hide what it begins', () => {
  const narrowing = createNarrowing();
  narrowing.add(toUnits('618，红包怎么领', '618， hong bao zen me ling', null));
  expect(narrowing.find('618h').at).toEqual([]);
  expect(matchAt(narrowing.find('618ho'), 0)).toMatchObject({ via: 'pinyin', start: 0 });
});
