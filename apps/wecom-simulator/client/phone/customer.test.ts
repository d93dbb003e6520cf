import { expect, test } from 'vitest';
import { drawingAddress, peopleNamed } from './customer.ts';

test('people are found by name and by id, and the list stays short', () => {
  const people = [
    { external_userid: 'wmA1', name: 'Linda' },
    { external_userid: 'wmB2', name: '林小满' },
    { external_userid: 'wmB3', name: '林一' },
  ];
  expect(peopleNamed(people, 'wma', 10)).toEqual([people[0]]);
  expect(peopleNamed(people, '林', 1)).toEqual([people[1]]);
});

test('a drawing survives the way into an address', () => {
  expect(decodeURIComponent(drawingAddress('<svg viewBox="0 0 1 1"># %</svg>'))).toBe(
    'data:image/svg+xml,<svg viewBox="0 0 1 1"># %</svg>',
  );
});
