import { customerFilter } from '@nextline/contract';
import { expect, test } from 'vitest';
import { filterConditions, type FilterFacts, nobodyPasses } from './filter-conditions.ts';

const facts: FilterFacts = {
  now: new Date('2026-06-09T10:00:00+08:00'),
  timeZone: 'Asia/Shanghai',
  scope: null,
  staffOfStore: (storeId) => (storeId === 'njxl' ? ['zhou', 'lu'] : []),
};
const conditions = (filter: Record<string, unknown>, more: Partial<FilterFacts> = {}) =>
  filterConditions(customerFilter.parse(filter), { ...facts, ...more });

test('an empty filter asks only for customers who still have a contact', () => {
  expect(conditions({})).toMatchObject({
    alive: true,
    optedOut: null,
    hasOrder: null,
    stageIds: null,
    contacts: [],
    sources: null,
    words: '',
  });
});

test('a store is its staff, and a store without staff finds nobody rather than everybody', () => {
  expect(conditions({ storeIds: ['njxl'] }).contacts).toEqual([['guide:zhou', 'guide:lu']]);
  expect(conditions({ storeIds: ['nowhere'] }).contacts).toEqual([[]]);
});

test('who has ended the relation is found by the guide she had', () => {
  expect(conditions({ guideIds: ['zhou'], relation: 'ended' }).contacts).toEqual([['left:zhou']]);
  expect(conditions({ guideIds: ['zhou'], relation: 'any' }).contacts).toEqual([['guide:zhou', 'left:zhou']]);
});

test('days are days of the corp: both ends of the span count, and silent for 1 day means nothing today', () => {
  const { followed, engaged } = conditions({ followedFrom: '2026-06-01', followedUntil: '2026-06-01', silentDays: 1 });
  expect([followed.from?.toISOString(), followed.before?.toISOString()]).toEqual(['2026-05-31T16:00:00.000Z', '2026-06-01T16:00:00.000Z']);
  expect(engaged.before?.toISOString()).toBe('2026-06-08T16:00:00.000Z');
});

test('a manager is held to the own staff', () => {
  const { contacts, scope } = conditions({ guideIds: ['wen'] }, { scope: ['zhou'] });
  expect([contacts, scope]).toEqual([[['guide:wen'], ['guide:zhou']], ['zhou']]);
});

test('a tag that is asked for and ruled out at once finds nobody, without a look', () => {
  expect(nobodyPasses(conditions({ tagsAny: ['vip'], tagsNone: ['vip'] }))).toBe(true);
  expect(nobodyPasses(conditions({ tagsAll: ['dry', 'vip'], tagsNone: ['vip'] }))).toBe(true);
  expect(nobodyPasses(conditions({ tagsAny: ['dry', 'vip'], tagsNone: ['vip'] }))).toBe(false);
});
