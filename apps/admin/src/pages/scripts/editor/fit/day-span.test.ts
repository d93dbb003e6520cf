import { expect, test } from 'vitest';
import { sameSpan, silenceOf, spanOf, typedOf, typedSpan } from './day-span.ts';

test('two ends are a span, one end alone is that day, none is no limit', () => {
  expect(spanOf({ from: '5', to: '9' })).toEqual([5, 9]);
  expect(spanOf({ from: '5', to: '' })).toEqual([5, 5]);
  expect(spanOf({ from: '', to: '9' })).toEqual([9, 9]);
  expect(spanOf({ from: '', to: '' })).toBeNull();
});

test('a span that runs backwards is kept as it was typed: the check says what is wrong with it', () => {
  expect(spanOf({ from: '9', to: '5' })).toEqual([9, 5]);
});

test('signs, points and words do not stay in a field of days', () => {
  expect(typedSpan({ from: '-7天', to: '1.5' })).toEqual({ from: '7', to: '15' });
  expect(typedSpan({ from: '123456', to: '' })).toEqual({ from: '1234', to: '' });
});

test('what is shown of a span reads as the same span', () => {
  for (const span of [null, [0, 0], [5, 9]] as const) {
    const read = spanOf(typedOf(span === null ? null : [...span]));
    expect(sameSpan(read, span === null ? null : [...span])).toBe(true);
  }
});

test('a silence is one day to ten years', () => {
  expect(['', '1', '3650', '0', '3651'].map(silenceOf)).toEqual([null, 1, 3650, undefined, undefined]);
});
