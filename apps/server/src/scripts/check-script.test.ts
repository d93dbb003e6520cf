import type { Part, ScriptContent } from '@nextline/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkScript, type Checking, hasErrors } from './check-script.ts';
import { createWordFinder } from './find-words.ts';
import { harmlessWords, usualForbiddenWords } from './forbidden-words.ts';

const now = new Date('2026-06-09T06:32:00Z');
const checking: Checking = {
  findWords: createWordFinder(usualForbiddenWords, harmlessWords),
  pictures: new Map([['b'.repeat(64), { width: 20_000, height: 10 }]]),
  knownVariables: new Set(['客户称呼', '上次购买']),
  now,
};
const content = (parts: Part[], more: Partial<ScriptContent> = {}): ScriptContent => ({
  folderId: 'f',
  title: '回访',
  keywords: [],
  purpose: 'service',
  parts,
  audience: { kind: 'company' },
  fit: { stageIds: [], tagIds: [], season: [], answers: [], daysSinceFollow: null, daysSinceOrder: null, orderItems: [], silentDays: null },
  validFrom: null,
  validUntil: null,
  defaults: {},
  ...more,
});
const media = (more: Partial<{ sha256: string; byteSize: number; contentType: string }> = {}) => ({
  sha256: 'a'.repeat(64),
  fileName: 'f.png',
  byteSize: 9,
  contentType: 'image/png',
  ...more,
});
const program = (page: string): Part => ({ kind: 'miniprogram', title: '肤质三问', appId: 'wx5a3f0c9b7e2d4186', page, cover: media() });
const link = (more: object): Part => ({
  kind: 'link',
  title: '手法',
  description: '',
  url: 'https://suheng.example/a',
  cover: null,
  ...more,
});
const codes = (one: ScriptContent) => checkScript(one, checking).map(({ field, level, code }) => `${field} ${level} ${code}`);

test('a forbidden word is marked where it stands, with the better word; the longest one counts', () => {
  const [found] = checkScript(content([{ kind: 'text', text: '这是最有效的办法' }]), checking);
  expect(found).toMatchObject({ field: 'parts.0.text', level: 'warning', from: 2, to: 5, replaceWith: '挺管用' });
  expect(codes(content([{ kind: 'text', text: '最近第一次来的话，第一时间找我' }]))).toEqual([]);
  expect(codes(content([{ kind: 'text', text: '全网第一，１００％有效' }]))).toHaveLength(2);
});

test('a page path gets its .html before the question mark, and is then no error', () => {
  const page = 'pages/skin/quiz?from=nl';
  const [found] = checkScript(content([program(page)]), checking);
  expect(found).toMatchObject({ field: 'parts.0.page', level: 'error', from: 15, to: 15, replaceWith: '.html' });
  const fixed = page.slice(0, found?.from ?? 0) + found?.replaceWith + page.slice(found?.to ?? 0);
  expect(fixed).toBe('pages/skin/quiz.html?from=nl');
  expect(codes(content([program(fixed)]))).toEqual([]);
});

test("WeCom's limits per kind are told with the field they are broken in", () => {
  expect(codes(content([{ kind: 'text', text: '字'.repeat(1334) }]))).toEqual(['parts.0.text error text.too_long']);
  expect(codes(content([{ kind: 'text', text: '字'.repeat(1333) }]))).toEqual([]);
  expect(codes(content([link({ title: '字'.repeat(43) })]))).toEqual(['parts.0.title error text.too_long']);
  expect(codes(content([link({ description: '字'.repeat(171) })]))).toEqual(['parts.0.description error text.too_long']);
  expect(codes(content([link({ url: 'javascript:alert(1)' })]))).toEqual(['parts.0.url error link.url']);
  expect(codes(content([{ kind: 'image', media: media({ byteSize: 11 * 1024 * 1024 }) }]))).toEqual([
    'parts.0.media error media.too_large',
  ]);
  expect(codes(content([{ kind: 'image', media: media({ sha256: 'b'.repeat(64) }) }]))).toEqual(['parts.0.media error image.sides']);
  expect(codes(content([{ kind: 'video', media: media() }]))).toEqual(['parts.0.media error media.wrong_kind']);
  expect(codes(content([]))).toEqual(['parts error parts.empty']);
  expect(codes(content([{ kind: 'text', text: 'a' }], { title: ' ' }))).toEqual(['title error title.empty']);
});

test('a variable that may stay empty asks for a word of its own, and has one', () => {
  const parts: Part[] = [{ kind: 'text', text: '{客户称呼}，{上次购买}用得还好吗' }];
  expect(codes(content(parts))).toEqual(['parts.0.text warning variable.may_be_empty']);
  expect(codes(content(parts, { defaults: { 上次购买: '之前买的' } }))).toEqual([]);
});

test('dates that end before they begin are an error', () => {
  const dates = { validFrom: '2026-06-20T00:00:00.000Z', validUntil: '2026-06-10T00:00:00.000Z' };
  expect(codes(content([{ kind: 'text', text: 'a' }], dates))).toEqual(['validUntil error dates.reversed']);
});

test('whatever is written: every mark lies in its text, fixing all marks leaves none of those words, and too long is an error', () => {
  const word = fc.constantFrom(...usualForbiddenWords.map(({ word: forbidden }) => forbidden), '最近', '你好，', '😀', 'Ａ', '{客户称呼}');
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const findings = checkScript(content([{ kind: 'text', text }]), checking);
      let end = 0;
      for (const { code, from, to } of findings) {
        if (code !== 'word.forbidden') continue;
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from ?? Infinity);
        expect(to).toBeLessThanOrEqual(text.length);
        end = to ?? 0;
      }
      expect(hasErrors(findings)).toBe(text.trim() === '' || Buffer.byteLength(text) > 4000);
    }),
    { numRuns: 300 },
  );
});

test('conditions that can never be met are told beside their field: days that run backwards, a word that is too long to be found', () => {
  const fit = { ...content([]).fit, daysSinceFollow: [9, 5] as [number, number], daysSinceOrder: [5, 5] as [number, number] };
  const found = codes(content([{ kind: 'text', text: '好' }], { fit: { ...fit, answers: ['退', '退货', '请问一下怎么才能退货'] } }));
  expect(found).toEqual([
    'fit.daysSinceFollow error fit.days_reversed',
    'fit.answers warning fit.answer_length',
    'fit.answers warning fit.answer_length',
  ]);
});
