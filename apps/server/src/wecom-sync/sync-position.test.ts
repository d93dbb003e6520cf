import { expect, test } from 'vitest';
import { afterPage, afterRefusal } from './sync-position.ts';

test('a batch that is refused is halved, from its first page, until one person is left', () => {
  const position = { pendingStaff: ['d'], batch: ['a', 'b', 'c'], cursor: 'page 2' };
  const first = afterRefusal(position);
  expect(first).toEqual({ batch: ['a', 'b'], pendingStaff: ['c', 'd'], cursor: '' });
  expect(first && afterRefusal(first)).toEqual({ batch: ['a'], pendingStaff: ['b', 'c', 'd'], cursor: '' });
  expect(afterRefusal({ batch: ['a'], pendingStaff: ['b', 'c', 'd'], cursor: '' })).toBeNull();
});

test('one whose cursor has died is read from the beginning once more, and given up only if that is refused too', () => {
  const again = afterRefusal({ pendingStaff: [], batch: ['a'], cursor: 'dead' });
  expect(again).toEqual({ pendingStaff: [], batch: ['a'], cursor: '', again: true });
  const further = again && afterPage(again, 'page 2');
  expect(further).toMatchObject({ cursor: 'page 2', again: true });
  expect(further && afterRefusal(further)).toBeNull();
  expect(further && afterPage(further, null)).toEqual({ pendingStaff: [], batch: [], cursor: '' });
});
