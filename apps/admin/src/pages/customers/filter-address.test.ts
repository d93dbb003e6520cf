import { expect, test } from 'vitest';
import { chosenConditions, emptyFilter, readListQuery, writeListQuery } from './filter-address.ts';

test('the address holds what was chosen and nothing else', () => {
  const filter = { ...emptyFilter, q: '林', silentDays: 30 };
  expect(writeListQuery({ filter, sort: 'followed' })).toEqual({ filter: '{"q":"林","silentDays":30}', sort: 'followed' });
  expect(writeListQuery({ filter: emptyFilter, sort: 'engaged' })).toEqual({});
});

test('what it holds comes back whole', () => {
  const filter = { ...emptyFilter, tagsAny: ['t1', 't2'], optedOut: false, relation: 'ended' as const };
  expect(readListQuery(writeListQuery({ filter, sort: 'engaged' }))).toEqual({ filter, sort: 'engaged' });
  expect(chosenConditions(filter)).toEqual({ tagsAny: ['t1', 't2'], optedOut: false, relation: 'ended' });
});

test('an address that somebody has cut short is everybody', () => {
  expect(readListQuery({ filter: '{"q":' })).toEqual({ filter: emptyFilter, sort: 'engaged' });
});
