import { language, type MediaRef, type Part, type ScriptContent } from '@nextline/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guarded, unguarded } from './formula-guard.ts';
import { canonicalContent } from './script-content.ts';
import { readScript, type TableBooks, tableColumns, writeScript } from './script-table.ts';
import { readMoment, writeMoment } from './table-dates.ts';
import { nameBook } from './table-names.ts';

const file = (n: number): MediaRef => ({ sha256: String(n).repeat(64), fileName: `图 ${n}；.png`, byteSize: 9, contentType: 'image/png' });
const files = [file(1), file(2)];
const books: TableBooks = {
  timeZone: 'Asia/Shanghai',
  stages: nameBook([
    { id: 'warm', name: '意向客户' },
    { id: 'won', name: '首购' },
  ]),
  tags: nameBook([
    { id: 't1', name: '肤质/敏感；肌' },
    { id: 't2', name: '活动/618' },
    { id: 't3', name: '活动/618' },
  ]),
  stores: nameBook([{ id: 'njxl', name: '南京西路店' }]),
  pathOf: () => ['公司', '新客/欢迎'],
  findFile: ({ sha256, fileName }) =>
    files.find((one) => one.sha256 === sha256 || (sha256 === null && one.fileName === fileName)) ?? 'none',
};

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((one) => one.toWellFormed().replaceAll('\u0000', '')),
  fc.constantFrom(
    '=1+1',
    "'=1",
    '-3',
    '@林',
    '\t=x',
    '[图片] a',
    '[文字]',
    '[text] b',
    '[Mini  Program]',
    '\\n',
    '_x000D_',
    'a；b;c=d',
    ' 空 ',
    '\r\n',
    '',
    '👩‍👩‍👧‍👦',
    '\u200f‮',
  ),
);
const short = text.map((one) => one.slice(0, 20).toWellFormed());
const media = fc.constantFrom(...files);
const part: fc.Arbitrary<Part> = fc.oneof(
  text.map((words): Part => ({ kind: 'text', text: words })),
  media.map((one): Part => ({ kind: 'image', media: one })),
  media.map((one): Part => ({ kind: 'file', media: one })),
  fc.record({ kind: fc.constant('link' as const), title: text, description: text, url: text, cover: fc.option(media) }),
  fc.record({ kind: fc.constant('miniprogram' as const), title: text, appId: text, page: text, cover: media }),
);
const days = fc.option(fc.tuple(fc.nat(400), fc.nat(400)).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]));
const moment = fc.option(
  fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }).map((one) => one.toISOString()),
);
const content: fc.Arbitrary<ScriptContent> = fc.record({
  folderId: fc.constant('f'),
  title: text,
  keywords: fc.array(
    short.filter((one) => one !== ''),
    { maxLength: 4 },
  ),
  purpose: fc.constantFrom('service', 'marketing'),
  parts: fc.array(part, { maxLength: 9 }),
  audience: fc.constantFrom<ScriptContent['audience']>(
    { kind: 'company' },
    { kind: 'stores', storeIds: ['njxl', 'gone'] },
    { kind: 'personal', ownerUserId: 'zhou；x' },
  ),
  fit: fc.record({
    stageIds: fc.subarray(['warm', 'won', 'gone']),
    tagIds: fc.subarray(['t1', 't2', 't3']),
    season: fc.subarray([1, 2, 6, 12]),
    answers: fc.array(
      short.filter((one) => one !== ''),
      { maxLength: 3 },
    ),
    daysSinceFollow: days,
    daysSinceOrder: days,
    orderItems: fc.array(
      short.filter((one) => one !== ''),
      { maxLength: 3 },
    ),
    silentDays: fc.option(fc.integer({ min: 1, max: 90 })),
  }),
  validFrom: moment,
  validUntil: moment,
  defaults: fc.dictionary(
    short.filter((one) => one !== '' && one !== '__proto__'),
    short,
    { maxKeys: 3 },
  ),
});

test.for(language.options)('whatever a script says, its line in %s reads back as the same script, formulas and all', (spoken) => {
  fc.assert(
    fc.property(content, (one) => {
      const cells = writeScript('s；1', one, 'review', books, spoken).map(guarded);
      for (const cell of cells) expect(/^\s*[=+\-@]/.test(cell)).toBe(false);
      const read = readScript((column) => unguarded(cells[tableColumns.indexOf(column)] ?? ''), null, books);
      expect(read.problems).toEqual([]);
      expect(canonicalContent({ ...read.content, folderId: 'f' })).toBe(canonicalContent(one));
      expect([read.key, read.folder, read.status]).toEqual(['s；1', ['公司', '新客/欢迎'], 'review']);
    }),
    { numRuns: 400 },
  );
});

test('a column that the table does not have leaves what was there', () => {
  const before = fc.sample(content, 1)[0];
  if (before === undefined) throw new Error('fast-check made nothing');
  const read = readScript((column) => (column === '标题' ? '新标题' : undefined), before, books);
  expect(read.content).toEqual({ ...before, title: '新标题' });
});

const line = (cells: Record<string, string>) => readScript((column) => cells[column] ?? '', null, books);

test('what people write is understood, or told beside its column', () => {
  expect(line({ 标题: 'a', 消息1: '你好', 适用月份: '6月；7月', 加好友后几天: '7', 谁能看: '门店：南京西路店' }).content).toMatchObject({
    fit: { season: [6, 7], daysSinceFollow: [7, 7] },
    audience: { kind: 'stores', storeIds: ['njxl'] },
  });
  const { problems } = line({
    标题: 'a',
    用途: '通知',
    适用阶段: '没有的',
    结束时间: '下周',
    消息2: '[图片] 不在.png',
    消息3: '[小程序]\n标题：x',
    状态: '在线',
  });
  expect(problems.map(({ column }) => column)).toEqual(['消息2', '消息3', '用途', '适用阶段', '结束时间', '状态']);
  expect(line({ 标题: '长'.repeat(101), 适用月份: '13' }).problems.map(({ column }) => column)).toEqual(['标题', '适用月份']);
});

test('English is read as people write it, and what is wrong is told in it', () => {
  const read = line({
    标题: 'a',
    用途: 'marketing',
    谁能看: 'stores: 南京西路店',
    加好友后几天: '3 to 5 days',
    几天没互动: '30 days',
    状态: 'in review',
    消息1: '[link]\nTitle: x\nURL: https://example.com/?a=b:c',
  });
  expect(read).toMatchObject({
    problems: [],
    status: 'review',
    content: {
      purpose: 'marketing',
      audience: { kind: 'stores', storeIds: ['njxl'] },
      fit: { daysSinceFollow: [3, 5], silentDays: 30 },
      parts: [{ kind: 'link', title: 'x', description: '', url: 'https://example.com/?a=b:c', cover: null }],
    },
  });
  const { problems } = line({ 标题: 'a', 用途: 'news', 谁能看: 'nobody', 加好友后几天: 'soon', 状态: 'on' });
  expect(problems.map(({ column, sentence }) => [column, /[\u4e00-\u9fff]/.test(sentence.en)])).toEqual([
    ['用途', false],
    ['谁能看', false],
    ['加好友后几天', false],
    ['状态', false],
  ]);
});

test('a day on which something ends is still in it; a spreadsheet’s number is a day', () => {
  expect(readMoment('2026/6/11', 'Asia/Shanghai', 'ends')).toBe('2026-06-11T15:59:59.999Z');
  expect(readMoment('2026年6月11日', 'Asia/Shanghai', 'begins')).toBe('2026-06-10T16:00:00.000Z');
  expect(readMoment('46184', 'Asia/Shanghai', 'begins')).toBe('2026-06-10T16:00:00.000Z');
  expect(readMoment('2026-02-30', 'Asia/Shanghai', 'begins')).toBeNull();
  expect(writeMoment('2026-06-11T16:00:00.000Z', 'Asia/Shanghai')).toBe('2026-06-12 00:00');
});
