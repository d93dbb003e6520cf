import { expect, test } from 'vitest';
import { useKeysetPager } from './keyset-pager.ts';

test('forth and back through pages, and a second click on the page that is on its way is one', () => {
  const { cursor, pageNumber, forth, back, reset } = useKeysetPager();
  forth('b');
  forth('b');
  expect([cursor.value, pageNumber.value]).toEqual(['b', 2]);
  forth('c');
  back();
  expect([cursor.value, pageNumber.value]).toEqual(['b', 2]);
  back();
  expect([cursor.value, pageNumber.value]).toEqual([undefined, 1]);
  forth('b');
  reset();
  expect([cursor.value, pageNumber.value]).toEqual([undefined, 1]);
});

test('with a name, whoever comes back to the list is on the page that was left; another list is not', () => {
  const left = useKeysetPager('scripts');
  left.forth('b');
  left.forth('c');
  const again = useKeysetPager('scripts');
  expect([again.cursor.value, again.pageNumber.value]).toEqual(['c', 3]);
  again.back();
  expect([again.cursor.value, again.pageNumber.value]).toEqual(['b', 2]);
  expect(useKeysetPager('customers').pageNumber.value).toBe(1);
});
