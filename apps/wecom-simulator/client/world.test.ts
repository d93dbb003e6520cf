import { expect, test } from 'vitest';
import { relationOf, staffOf } from './world.ts';

test('a colleague stands under the name of the first department', () => {
  const world = {
    departments: [
      { id: 1, name: '素蘅' },
      { id: 11, name: '南京西路店' },
    ],
    staff: [
      { userid: 'zhouyining', name: '周以宁', position: '美容顾问', departments: [11, 1], avatar: '' },
      { userid: 'new', name: '新来的', position: '', departments: [], avatar: '' },
    ],
  };
  expect(staffOf(world).map(({ department }) => department)).toEqual(['南京西路店', '']);
});

test('a relation is found while it stands and after the customer has ended it', () => {
  const relation = { remark: '', tags: [], state: '', add_way: 1, created_at: '2026-06-01T00:00:00.000Z' };
  const standing = { ...relation, staff: 'a', external_userid: 'wmA' };
  const ended = { ...relation, staff: 'a', external_userid: 'wmB' };
  const world = { follows: [standing], ended_follows: [ended] };
  expect(relationOf(world, 'a', 'wmA')).toBe(standing);
  expect(relationOf(world, 'a', 'wmB')).toBe(ended);
  expect(relationOf(world, 'b', 'wmA')).toBeUndefined();
});
