import type { DoctorCheck } from '@nextline/contract';
import { afterEach, expect, test } from 'vitest';
import { locale } from '../../i18n/locale.ts';
import { reportText } from './report-text.ts';

const check = (given: Partial<DoctorCheck>): DoctorCheck => ({
  id: 'secret',
  code: 'secret.ok',
  title: 'Secret',
  state: 'ok',
  sentence: '对的。',
  fix: null,
  detail: ['细节'],
  ...given,
});

afterEach(() => (locale.value = 'zh-CN'));

test('in English it is English but for what the checks say', () => {
  locale.value = 'en';
  expect(reportText({ checkedAt: '2026-06-09T06:32:00.000Z', checks: [check({ sentence: 'It works.' })] }).split('\n')).toEqual([
    'Nextline check-up 2026-06-09T06:32:00.000Z',
    '',
    '✓ Secret: It works.',
  ]);
});

test('IT reads first what is to be done, with the fix and what WeCom said', () => {
  const text = reportText({
    checkedAt: '2026-06-09T06:32:00.000Z',
    checks: [
      check({}),
      check({
        id: 'trusted_ip',
        title: '可信 IP',
        state: 'failed',
        sentence: '被挡住了。',
        fix: '加进去。',
        detail: ['企业微信说：60020'],
      }),
    ],
  });
  expect(text.split('\n')).toEqual([
    '下一句 体检 2026-06-09T06:32:00.000Z',
    '',
    '✗ 可信 IP：被挡住了。',
    '  → 加进去。',
    '  企业微信说：60020',
    '✓ Secret：对的。',
  ]);
});
