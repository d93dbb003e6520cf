import type { MyLibrary } from '@nextline/contract';
import { expect, test } from 'vitest';
import { withFavourite, withUse } from './my-library.ts';

const mine: MyLibrary = { favourites: ['a', 'b'], recents: [{ scriptId: 'a', usedAt: '2026-06-01T00:00:00.000Z', uses: 3 }] };

test('a new favourite comes first and is there once', () => {
  expect(withFavourite(mine, 'c', true).favourites).toEqual(['c', 'a', 'b']);
  expect(withFavourite(mine, 'b', true).favourites).toEqual(['b', 'a']);
  expect(withFavourite(mine, 'a', false).favourites).toEqual(['b']);
});

test('a sent script becomes the most recent and counts up', () => {
  const at = '2026-06-09T00:00:00.000Z';
  expect(withUse(mine, 'a', at).recents).toEqual([{ scriptId: 'a', usedAt: at, uses: 4 }]);
  expect(withUse(mine, 'z', at).recents.map((recent) => [recent.scriptId, recent.uses])).toEqual([
    ['z', 1],
    ['a', 3],
  ]);
});
