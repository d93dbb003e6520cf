import { expect, test } from 'vitest';
import { uuidv7 } from './uuid.ts';

test('it has the form of a version 7 UUID and carries its time', () => {
  const id = uuidv7(0x0198_1234_5678);
  expect(id).toMatch(/^01981234-5678-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('later taps sort later, and no two are alike', () => {
  const ids = Array.from({ length: 1000 }, (_, index) => uuidv7(1_780_000_000_000 + index));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(Array.from({ length: 1000 }, () => uuidv7(1))).size).toBe(1000);
});
