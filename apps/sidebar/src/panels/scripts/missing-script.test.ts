import { expect, test } from 'vitest';
import { saysMissing } from './missing-script.ts';

test('a search that found nothing says that a script is missing, once, and a stray letter never does', () => {
  expect(saysMissing(' 孕期防晒 ', 0, new Set())).toBe(true);
  expect(saysMissing('孕期防晒', 3, new Set())).toBe(false);
  expect(saysMissing('孕期防晒 ', 0, new Set(['孕期防晒']))).toBe(false);
  expect(saysMissing('x', 0, new Set())).toBe(false);
  expect(saysMissing('酸', 0, new Set())).toBe(true);
  expect(saysMissing('   ', 0, new Set())).toBe(false);
});
