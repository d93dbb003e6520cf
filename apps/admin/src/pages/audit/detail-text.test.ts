import { expect, test } from 'vitest';
import { detailText } from './detail-text.ts';

test('a change is said as from what to what, everything else by its name', () => {
  expect(detailText({ from: 'guide', to: 'auditor' })).toBe('guide → auditor');
  expect(detailText({ from: null, to: 'won', why: 'sidebar' })).toBe('– → won，why: sidebar');
  expect(detailText({ added: ['t1', 't2'], removed: [] })).toBe('added: t1、t2，removed: –');
  expect(detailText({ before: { name: '<b>' } })).toBe('before: {"name":"<b>"}');
  expect(detailText({})).toBe('');
});
