import { customerFilter } from '@nextline/contract';
import { expect, test } from 'vitest';
import { filterConditions, type FilterFacts } from './filter-conditions.ts';

const facts: FilterFacts = {
  now: new Date('2026-06-09T10:00:00+08:00'),
  timeZone: 'Asia/Shanghai',
  scope: null,
  staffOfStore: (storeId) => (storeId === 'njxl' ? ['zhou', 'lu'] : []),
};
const conditions = (filter: Record<string, unknown>, more: Partial<FilterFacts> = {}) =>
  filterConditions(customerFilter.parse(filter), { ...facts, ...more });

test('an empty filter asks only for customers who still have a contact', () => {
  expect(conditions({})).toMatchObject({ anyOf: [], allOf: ['relation:alive'], noneOf: [], words: '' });
});

test('a store is its staff, and a store without staff finds nobody rather than everybody', () => {
  expect(conditions({ storeIds: ['njxl'] }).anyOf).toEqual([['guide:zhou', 'guide:lu']]);
  expect(conditions({ storeIds: ['nowhere'] }).anyOf).toEqual([[]]);
});

test('who has ended the relation is found by the guide she had', () => {
  expect(conditions({ guideIds: ['zhou'], relation: 'ended' }).anyOf).toEqual([['left:zhou']]);
  expect(conditions({ guideIds: ['zhou'], relation: 'any' }).anyOf).toEqual([['guide:zhou', 'left:zhou']]);
});

test('words are looked up by their pairs of letters, a single letter by itself', () => {
  expect(conditions({ q: ' 林小姐 ' }).allOf).toEqual(['relation:alive', 'n:林小', 'n:小姐']);
  expect(conditions({ q: 'L' }).allOf).toEqual(['relation:alive', 'n:l']);
});

test('days are days of the corp: both ends of the span count, and silent for 1 day means nothing today', () => {
  const { followed, engaged } = conditions({ followedFrom: '2026-06-01', followedUntil: '2026-06-01', silentDays: 1 });
  expect([followed.from?.toISOString(), followed.before?.toISOString()]).toEqual(['2026-05-31T16:00:00.000Z', '2026-06-01T16:00:00.000Z']);
  expect(engaged.before?.toISOString()).toBe('2026-06-08T16:00:00.000Z');
});

test('a manager is held to the own staff, and to what they themselves tagged', () => {
  const { anyOf, noneOf, tags } = conditions({ tagsNone: ['t1'], tagsAny: ['t2'] }, { scope: ['zhou'] });
  expect(anyOf).toEqual([['tag:t2'], ['guide:zhou']]);
  expect([noneOf, tags]).toEqual([[], { any: ['t2'], all: [], none: ['t1'] }]);
});
