import type { Part, Script } from '@nextline/contract';
import { expect, test } from 'vitest';
import { kindOf, orderOf, rowFact, snippet, tileOf, useWords } from './script-words.ts';

const now = new Date('2026-06-09T06:32:00Z');
const zone = 'Asia/Shanghai';
const media = { sha256: 'a'.repeat(64), fileName: '领取方式.png', byteSize: 1, contentType: 'image/png' };
const text: Part = { kind: 'text', text: '给您留了一份' };
const image: Part = { kind: 'image', media };
const program: Part = { kind: 'miniprogram', title: '预约', appId: 'wx1', page: 'p', cover: media };
const link: Part = { kind: 'link', title: '手法', description: '', url: 'https://example.com', cover: null };
const script = (more: Partial<Script>): Script => ({
  scriptId: 's',
  version: 1,
  folderId: 'f',
  title: 't',
  titlePinyin: '',
  keywords: [],
  purpose: 'service',
  parts: [text],
  defaults: {},
  suits: { stageIds: [], tagIds: [] },
  scope: 'company',
  validUntil: null,
  publishedAt: '2026-05-01T00:00:00.000Z',
  uses30d: 0,
  replies30d: 0,
  ...more,
});

test('the kind of a script is one word, or its parts joined with text last', () => {
  expect(kindOf([text])).toBe('文字');
  expect(kindOf([image])).toBe('图片');
  expect(kindOf([text, image, image])).toBe('图+文');
  expect(kindOf([text, program])).toBe('小程序+文');
});

test('the order of the parts is said when there is more than one', () => {
  expect(orderOf([text])).toBeNull();
  expect(orderOf([text, image])).toBe('先文字，后图片');
  expect(orderOf([text, image, link])).toBe('3 条：文字、图片、链接');
});

test('a row says its last day when that is near, else its parts, else its folder', () => {
  expect(rowFact(script({ validUntil: '2026-06-20T15:59:59.000Z' }), '618', now, zone)).toBe('6月20日截止');
  expect(rowFact(script({ validUntil: '2026-06-20T16:00:00.000Z' }), '618', now, zone)).toBe('6月20日截止');
  expect(rowFact(script({ validUntil: '2026-12-31T15:59:59.000Z' }), '618', now, zone)).toBe('618');
  expect(rowFact(script({ parts: [text, image] }), '618', now, zone)).toBe('2 条');
});

test('use is said as counts, not as a percentage of nothing', () => {
  expect(useWords(script({ uses30d: 86, replies30d: 44 }))).toBe('30 天里用过 86 次，44 人回了');
  expect(useWords(script({ uses30d: 86, replies30d: null }))).toBe('30 天里用过 86 次');
  expect(useWords(script({ uses30d: 2 }))).toBe('30 天里用过 2 次，还没人回');
  expect(useWords(script({}))).toBe('30 天里还没人用过');
});

test('the tile shows the first picture there is, also a cover, else the icon of what is not text', () => {
  expect(tileOf([text, image])).toEqual({ picture: `/media/${media.sha256}`, icon: 'image' });
  expect(tileOf([program]).picture).toBe(`/media/${media.sha256}`);
  expect(tileOf([text, link])).toEqual({ picture: null, icon: 'link' });
});

test('a snippet begins shortly before the hit, within its line, and knows where the hit went', () => {
  const body = '第一行\n今晚八点开始，会员店里都能领红包，满 299 可用\n第三行';
  const from = body.indexOf('红包');
  const { text: shown, range } = snippet(body, [from, from + 2]);
  expect(shown).toBe('…里都能领红包，满 299 可用');
  expect(shown.slice(...range)).toBe('红包');
  expect(snippet('红包在开头', [0, 2])).toEqual({ text: '红包在开头', range: [0, 2] });
  expect(snippet('🎁🎁🎁红包', [6, 8]).text).toBe('…🎁🎁红包');
  expect(snippet('x🎁🎁红红包', [6, 8]).text).toBe('…🎁红红包');
  expect(snippet('来店里，给您留红包', [7, 9]).text).toBe('…给您留红包');
});

test('a snippet is no longer than any row is wide, and never ends within a character or within the hit', () => {
  const long = `红包${'好'.repeat(200)}`;
  expect(snippet(long, [0, 2]).text).toBe(`红包${'好'.repeat(58)}…`);
  expect(snippet(`x${'🎁'.repeat(100)}`, [0, 1]).text).toBe(`x${'🎁'.repeat(29)}…`);
  expect(snippet(long, [0, 90])).toEqual({ text: `${long.slice(0, 90)}…`, range: [0, 90] });
});
