import type { Library, MyLibrary, Script } from '@nextline/contract';
import { expect, test } from 'vitest';
import { browse, foldersInOrder, lastExpiry, searchBoost, type Scope, suits, writtenFor } from './script-scope.ts';

const now = new Date('2026-06-09T06:32:00Z');
const script = (scriptId: string, more: Partial<Script> = {}): Script => ({
  scriptId,
  version: 1,
  folderId: 'care',
  title: scriptId,
  titlePinyin: '',
  keywords: [],
  purpose: 'service',
  parts: [{ kind: 'text', text: scriptId }],
  defaults: {},
  suits: { stageIds: [], tagIds: [] },
  scope: 'company',
  validUntil: null,
  publishedAt: '2026-05-01T00:00:00.000Z',
  uses30d: 0,
  replies30d: 0,
  ...more,
});
const folder = (folderId: string, parentId: string | null, position: number) => ({ folderId, parentId, name: folderId, position });
const library: Library = {
  version: '1',
  folders: [folder('promo', null, 2), folder('care', null, 1), folder('summer', 'promo', 1)],
  scripts: [
    script('a', { uses30d: 3 }),
    script('b', { folderId: 'summer', uses30d: 9 }),
    script('c', { scope: 'store' }),
    script('d', { scope: 'personal', folderId: 'promo' }),
    script('over', { uses30d: 99, validUntil: '2026-06-08T16:00:00.000Z' }),
  ],
};
const mine: MyLibrary = { favourites: ['c', 'a'], recents: [{ scriptId: 'd', usedAt: '2026-06-08T00:00:00.000Z', uses: 2 }], shared: [] };
const ids = (name: Scope['name'], folderId: string | null = null) =>
  browse(library, mine, { name, folderId }, lastExpiry(library, now)).map((one) => one.scriptId);

test('each scope holds its own, most used first, favourites and recents in the guide’s order', () => {
  expect(ids('company')).toEqual(['b', 'a']);
  expect(ids('store')).toEqual(['c']);
  expect(ids('personal')).toEqual(['d']);
  expect(ids('favourites')).toEqual(['c', 'a']);
  expect(ids('recents')).toEqual(['d']);
});

test('a folder holds what lies below it, within the scope', () => {
  expect(ids('all', 'promo')).toEqual(['b', 'd']);
  expect(ids('company', 'promo')).toEqual(['b']);
});

test('a script whose last day is over is in no scope, also when the library is from yesterday', () => {
  expect(ids('all')).not.toContain('over');
});

test('what the scopes hold becomes another when a last day is over, not whenever the clock moves', () => {
  const days = ['2026-06-09T16:00:00.000Z', null, '2026-06-08T16:00:00.000Z'];
  const shelf = { ...library, scripts: days.map((validUntil) => script('any', { validUntil })) };
  const at = ['2026-06-08T15:59:59Z', '2026-06-08T16:00:00Z', '2026-06-09T15:59:59Z', '2026-06-09T16:00:00Z'];
  const first = Date.parse('2026-06-08T16:00:00Z');
  expect(at.map((instant) => lastExpiry(shelf, new Date(instant)))).toEqual([-Infinity, first, first, first + 86_400_000]);
});

test('folders read as a tree; one with a lost parent or in a circle is still there', () => {
  const odd = [...library.folders, folder('lost', 'gone', 0), folder('x', 'y', 8), folder('y', 'x', 9)];
  expect(foldersInOrder(odd).map(({ folder: { folderId }, depth }) => `${depth}${folderId}`)).toEqual([
    '0lost',
    '0care',
    '0promo',
    '1summer',
    '0x',
    '1y',
  ]);
});

test('recently used scripts are lifted most, favourites a little, others not', () => {
  const boost = searchBoost(mine);
  expect(boost('d')).toBeCloseTo(1.15);
  expect(boost('a')).toBe(1.05);
  expect(boost('b')).toBe(1);
});

test('with a customer only what was written for her stage and her tags is browsed; her guide’s own and marked ones always', () => {
  const forRegulars = script('regulars', { suits: { stageIds: ['regular'], tagIds: [] } });
  const forDrySkin = script('dry', { scope: 'store', suits: { stageIds: [], tagIds: ['dry', 'sensitive'] } });
  const marked = script('a', { suits: { stageIds: ['regular'], tagIds: [] } });
  const shelf: Library = { ...library, scripts: [forRegulars, forDrySkin, marked, script('any')] };
  const browsed = (name: Scope['name'], stageId: string | null, tagIds: string[]) =>
    writtenFor(browse(shelf, mine, { name, folderId: null }, now.getTime()), { name, folderId: null }, { stageId, tagIds }).map(
      (one) => one.scriptId,
    );
  expect(browsed('all', 'new', [])).toEqual(['any']);
  expect(browsed('all', 'regular', ['sensitive']).toSorted()).toEqual(['a', 'any', 'dry', 'regulars']);
  expect(browsed('all', null, ['dry']).toSorted()).toEqual(['any', 'dry']);
  expect(browsed('favourites', 'new', [])).toEqual(['a']);
  expect(suits(script('any'), { stageId: null, tagIds: [] })).toBe(true);
});
