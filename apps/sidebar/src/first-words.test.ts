import type { Panel } from '@nextline/contract';
import { expect, test, vi } from 'vitest';
import { drawFirstWords, firstWords } from './first-words.ts';

const card = {
  slot: 1,
  scriptId: 'visit',
  version: 2,
  title: '使用回访',
  purpose: 'service',
  meta: '待办 · 使用回访',
  due: '今天 18:00 前',
  taskId: null,
  parts: [
    { kind: 'text', text: '{客户称呼}，用了一周，还适应吗' },
    { kind: 'link', url: 'https://example.com', title: '说明', description: '', cover: null },
  ],
  defaults: {},
  reason: { kind: 'fact', text: '用了 7 天' },
  blocked: null,
  probability: 1,
  score: 1,
};
const panelWith = (changes: Record<string, unknown> = {}, cardChanges: Record<string, unknown> = {}) =>
  ({
    customer: { name: 'Linda' },
    follow: { remark: '林小姐', sourceLabel: '门店活码', storeName: '南京西路店' },
    suggestions: { listId: 'list', cards: [{ ...card, ...cardChanges }] },
    openSends: [],
    variables: { 客户称呼: '林小姐' },
    active: true,
    ...changes,
  }) as unknown as Panel;

test('who this is and what to say, with the variables filled', () => {
  const words = firstWords(panelWith());
  expect(words).toMatchObject({ name: '林小姐', nickname: 'Linda', source: '门店活码 · 南京西路店' });
  expect(words?.segments.map(({ text }) => text).join('')).toBe('林小姐，用了一周，还适应吗');
});

test.each([
  ['nothing is to be said', panelWith({ suggestions: { listId: 'list', cards: [] } })],
  ['a variable has no value', panelWith({ variables: {} })],
  ['the guard stops it', panelWith({}, { blocked: { code: 'guard.cap', headline: '', rule: '', endsAt: null, endsText: null } })],
  ['an earlier send is still open', panelWith({ openSends: [{}] })],
  ['she is not this guide’s any more', panelWith({ active: false })],
])('none when %s: the app has to say it', (_why, panel) => {
  expect(firstWords(panel)).toBeNull();
});

test('what a customer calls herself is text, never markup, and a tap is told', () => {
  const words = firstWords(panelWith({ follow: { remark: '<img src=x onerror=alert(1)>', sourceLabel: '扫码', storeName: null } }));
  if (!words) throw new Error('nothing to draw');
  const page = document.createElement('div');
  const onSend = vi.fn<() => void>();
  drawFirstWords(words, page, onSend);
  expect(page.querySelector('img')).toBeNull();
  expect(page.querySelector('.name')?.textContent).toBe('<img src=x onerror=alert(1)>');
  expect(page.querySelector('.now-card')?.textContent).toContain('2 条');
  page.querySelector('button')?.click();
  expect(onSend).toHaveBeenCalledTimes(1);
});
