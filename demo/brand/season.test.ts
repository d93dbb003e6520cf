import { expect, test } from 'vitest';
import { brandScripts } from './scripts/library.ts';
import { seasonOf } from './season.ts';

const nameAt = (at: string) => seasonOf(new Date(at)).name;

test('the season is the next event on the calendar of Shanghai', () => {
  expect(nameAt('2026-06-09T06:32:00Z')).toBe('618');
  expect(nameAt('2026-11-12T15:59:00Z')).toBe('双11');
  expect(nameAt('2026-11-12T16:00:00Z')).toBe('双12');
  expect(nameAt('2026-12-31T16:00:00Z')).toBe('年货节');
  expect(nameAt('2026-12-20T04:00:00Z')).toBe('年货节');
});

test('whatever the season, no two scripts share an id and no two of the company a title', () => {
  const scripts = brandScripts(seasonOf(new Date('2027-03-01T00:00:00Z')));
  expect(new Set(scripts.map(({ scriptId }) => scriptId)).size).toBe(120);
  const titles = scripts.filter(({ owner }) => owner.scope === 'company').map(({ draft }) => draft.title);
  expect(new Set(titles).size).toBe(titles.length);
});
