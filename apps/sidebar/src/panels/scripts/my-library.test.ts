import type { MyLibrary } from '@nextline/contract';
import { expect, test } from 'vitest';
import { withFavourite, withShared, withUse } from './my-library.ts';

const mine: MyLibrary = {
  favourites: ['a', 'b'],
  recents: [{ scriptId: 'a', usedAt: '2026-06-01T00:00:00.000Z', uses: 3 }],
  shared: ['own'],
};

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

test('what is shown to headquarters is shown once, and can be taken back', () => {
  expect(withShared(mine, 'own', true).shared).toEqual(['own']);
  expect(withShared(mine, 'other', true).shared).toEqual(['other', 'own']);
  expect(withShared(mine, 'own', false).shared).toEqual([]);
});
