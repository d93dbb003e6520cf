import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteRange } from './byte-range.ts';

test('the forms that players send', () => {
  expect(byteRange(undefined, 10)).toBe('whole');
  expect(byteRange('bytes=0-', 10)).toEqual({ from: 0, to: 9 });
  expect(byteRange('bytes=2-3', 10)).toEqual({ from: 2, to: 3 });
  expect(byteRange('bytes=8-99', 10)).toEqual({ from: 8, to: 9 });
  expect(byteRange('bytes=-4', 10)).toEqual({ from: 6, to: 9 });
  expect(byteRange('bytes=10-', 10)).toBe('unsatisfiable');
  expect(byteRange('bytes=-0', 10)).toBe('unsatisfiable');
  for (const odd of ['bytes=0-1,4-5', 'bytes=5-2', 'items=0-1', 'bytes=-', '']) expect(byteRange(odd, 10)).toBe('whole');
});

test('whatever is asked, what is given lies in the file', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 1e9 }), (first, last, size) => {
      const range = byteRange(`bytes=${first}-${last}`, size);
      if (typeof range === 'string') return;
      expect(range.from <= range.to && range.to < size).toBe(true);
    }),
  );
});
