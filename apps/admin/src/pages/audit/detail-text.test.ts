import { expect, test } from 'vitest';
import { detailText } from './detail-text.ts';

const say = (word: string) => ({ guide: '导购', auditor: '审计', where: '在', console: '管理后台', true: '是' })[word] ?? word;

test('what became of something is an arrow, everything else is said by its name', () => {
  expect(detailText({ from: 'guide', to: 'auditor' }, say)).toBe('导购 → 审计');
  expect(detailText({ from: null, to: 'won', where: 'console' }, say)).toBe('– → won，在 管理后台');
  expect(detailText({ added: ['t1', 't2'], removed: [] }, say)).toBe('added t1、t2，removed –');
  expect(detailText({ before: { name: '<b>', ok: true } }, say)).toBe('before name <b>，ok 是');
  expect(detailText({ filter: { q: '', tagsAny: [], hasOrder: true, silentDays: null } }, say)).toBe('filter hasOrder 是');
  expect(detailText({ filter: { q: '' } }, say)).toBe('filter –');
  expect(detailText({}, say)).toBe('');
});
