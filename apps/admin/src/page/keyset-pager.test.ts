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
