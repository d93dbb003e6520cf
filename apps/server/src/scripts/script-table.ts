import { type Language, type ScriptContent, scriptContent, type ScriptStatus } from '@nextline/contract';
import { issueInWords } from '../issue-words.ts';
import type { Sentence } from '../sentence.ts';
import { readList, readText, splitAt, writeItem, writeList, writeText } from './cell-text.ts';
import { type FindFile, readPart, writePart } from './part-cell.ts';
import { blankContent } from './script-content.ts';
import { readMoment, writeMoment } from './table-dates.ts';
import { type NameBook, readFolder, writeFolder } from './table-names.ts';
import { audienceOf, audienceWords, purposeOf, purposeWords, readDays, statusOf, statusWords, writeDays } from './table-words.ts';

const settings = [
  '编号',
  '文件夹',
  '标题',
  '关键词',
  '用途',
  '谁能看',
  '适用阶段',
  '适用标签',
  '适用月份',
  '客户问到',
  '加好友后几天',
  '下单后几天',
  '买的是',
  '几天没互动',
  '开始时间',
  '结束时间',
  '默认词',
  '状态',
] as const;
const messages = Array.from({ length: 9 }, (_, n) => `消息${n + 1}`);
export const tableColumns: readonly string[] = [...settings, ...messages];

/** What a table says in names and the library in ids. */
export type TableBooks = {
  timeZone: string;
  stages: NameBook;
  tags: NameBook;
  stores: NameBook;
  /** Names from the top. */
  pathOf: (folderId: string) => string[];
  findFile: FindFile;
};

function writeAudience(audience: ScriptContent['audience'], books: TableBooks, language: Language): string {
  const word = audienceWords[audience.kind][language];
  if (audience.kind === 'personal') return word + writeItem(audience.ownerUserId);
  return audience.kind === 'stores' ? word + books.stores.write(audience.storeIds) : word;
}

/** A script as one line, cell by cell in the order of `tableColumns`. */
export function writeScript(
  scriptId: string,
  content: ScriptContent,
  status: ScriptStatus,
  books: TableBooks,
  language: Language,
): string[] {
  const { fit, audience } = content;
  return [
    writeItem(scriptId),
    writeFolder(books.pathOf(content.folderId)),
    writeText(content.title),
    writeList(content.keywords),
    purposeWords[content.purpose][language],
    writeAudience(audience, books, language),
    books.stages.write(fit.stageIds),
    books.tags.write(fit.tagIds),
    fit.season.join('；'),
    writeList(fit.answers),
    writeDays(fit.daysSinceFollow, language),
    writeDays(fit.daysSinceOrder, language),
    writeList(fit.orderItems),
    fit.silentDays === null ? '' : String(fit.silentDays),
    writeMoment(content.validFrom, books.timeZone),
    writeMoment(content.validUntil, books.timeZone),
    Object.entries(content.defaults)
      .map(([name, words]) => `${writeItem(name, '；;=')}=${writeItem(words, '；;=')}`)
      .join('；'),
    statusWords[status][language],
    ...messages.map((_, n) => {
      const part = content.parts[n];
      return part ? writePart(part, language) : '';
    }),
  ];
}

export type Problem = { column: string; sentence: Sentence };
export type ReadScript = {
  key: string;
  folder: string[] | null;
  content: ScriptContent;
  status: ScriptStatus | null;
  /** What makes the line impossible to store. */
  problems: Problem[];
};

/** Which column speaks of a field of the content. */
const columnOfPath: Readonly<Record<string, string>> = {
  title: '标题',
  keywords: '关键词',
  audience: '谁能看',
  defaults: '默认词',
  'fit.season': '适用月份',
  'fit.answers': '客户问到',
  'fit.stageIds': '适用阶段',
  'fit.tagIds': '适用标签',
  'fit.daysSinceFollow': '加好友后几天',
  'fit.daysSinceOrder': '下单后几天',
  'fit.orderItems': '买的是',
  'fit.silentDays': '几天没互动',
};

export function columnOfField(field: string): string {
  const [, part] = /^parts\.(\d+)/.exec(field) ?? [];
  if (part !== undefined) return `消息${Number(part) + 1}`;
  if (field === 'validUntil') return '结束时间';
  return Object.entries(columnOfPath).find(([path]) => field === path || field.startsWith(`${path}.`))?.[1] ?? '标题';
}

/** The key of a line, before anybody knows what it changes. */
export const readKey = (cell: (column: string) => string | undefined): string => readText((cell('编号') ?? '').trim());

/** Reads one line. `cell` answers undefined for a column that the table does not have: then `before` keeps its value. */
export function readScript(cell: (column: string) => string | undefined, before: ScriptContent | null, books: TableBooks): ReadScript {
  const problems: Problem[] = [];
  const start = before ?? blankContent;
  const wrong = (column: string, sentence: Sentence) => void problems.push({ column, sentence });
  function value<T>(column: string, kept: T, read: (text: string) => T): T {
    const text = cell(column);
    return text === undefined ? kept : read(text);
  }
  const named = (column: string, book: NameBook) => (text: string) => {
    const { ids, unknown } = book.read(text);
    for (const name of unknown)
      wrong(column, { 'zh-CN': `没有「${name}」，或者有好几个同名的。`, en: `There is no “${name}”, or several are called so.` });
    return ids;
  };
  const days =
    (column: string) =>
    (text: string): [number, number] | null => {
      if (text.trim() === '') return null;
      const read = readDays(text);
      if (read === null) wrong(column, { 'zh-CN': '写成「0 到 7」这样。', en: 'Write it like “0 to 7”.' });
      else if (read[1] < read[0])
        wrong(column, { 'zh-CN': '后面的天数要不小于前面的。', en: 'The second number of days must not be smaller than the first.' });
      else return read;
      return null;
    };
  const moment = (column: string, meant: 'begins' | 'ends') => (text: string) => {
    const at = text.trim() === '' ? null : readMoment(text, books.timeZone, meant);
    if (at === null && text.trim() !== '')
      wrong(column, {
        'zh-CN': '看不懂这个时间，写成 2026-06-12 00:00 这样。',
        en: 'This time cannot be read. Write it like 2026-06-12 00:00.',
      });
    return at;
  };
  const parts = messages.flatMap((column) => {
    const text = cell(column);
    if (text === undefined || text === '') return [];
    const part = readPart(text, books.findFile);
    if ('kind' in part) return [part];
    wrong(column, part);
    return [];
  });
  const content: ScriptContent = {
    folderId: start.folderId,
    title: value('标题', start.title, readText),
    keywords: value('关键词', start.keywords, readList),
    purpose: value('用途', start.purpose, (text) => {
      if (text.trim() === '') return 'service';
      const purpose = purposeOf(text);
      if (purpose === null) wrong('用途', { 'zh-CN': '写「服务」或「营销」。', en: 'Write “Service” or “Marketing”.' });
      return purpose ?? 'service';
    }),
    parts: messages.some((column) => cell(column) !== undefined) ? parts : start.parts,
    audience: value('谁能看', start.audience, (text): ScriptContent['audience'] => {
      const read = audienceOf(text);
      if (read?.kind === 'personal') return { kind: 'personal', ownerUserId: readText(read.who.trim()) };
      if (read?.kind === 'stores') return { kind: 'stores', storeIds: named('谁能看', books.stores)(read.who) };
      if (read === null)
        wrong('谁能看', {
          'zh-CN': '写「全部」，或者「门店：南京西路店；静安嘉里店」。',
          en: 'Write “All”, or “Stores:” and their names, with “;” between them.',
        });
      return { kind: 'company' };
    }),
    fit: {
      stageIds: value('适用阶段', start.fit.stageIds, named('适用阶段', books.stages)),
      tagIds: value('适用标签', start.fit.tagIds, named('适用标签', books.tags)),
      season: value('适用月份', start.fit.season, (text) => readList(text.replaceAll('月', '')).map(Number)),
      answers: value('客户问到', start.fit.answers, readList),
      daysSinceFollow: value('加好友后几天', start.fit.daysSinceFollow, days('加好友后几天')),
      daysSinceOrder: value('下单后几天', start.fit.daysSinceOrder, days('下单后几天')),
      orderItems: value('买的是', start.fit.orderItems, readList),
      silentDays: value('几天没互动', start.fit.silentDays, (text) => (text.trim() === '' ? null : Number(text.replace(/天|days?/i, '')))),
    },
    validFrom: value('开始时间', start.validFrom, moment('开始时间', 'begins')),
    validUntil: value('结束时间', start.validUntil, moment('结束时间', 'ends')),
    defaults: value('默认词', start.defaults, (text) =>
      Object.fromEntries(
        splitAt(text, '；;\n').flatMap((pair) => {
          const [name = '', ...words] = splitAt(pair.trim(), '=');
          if (pair.trim() === '') return [];
          if (words.length === 0) wrong('默认词', { 'zh-CN': '写成「上次购买=之前买的」这样。', en: 'Write it like “上次购买=之前买的”.' });
          return [[readText(name), readText(words.join('='))] as const];
        }),
      ),
    ),
  };
  const word = (cell('状态') ?? '').trim();
  const status = statusOf(word);
  if (status === null && word !== '')
    wrong('状态', {
      'zh-CN': '写「草稿」「待审」「已发布」或「已下线」。',
      en: 'Write “Draft”, “In review”, “Published” or “Retired”.',
    });
  const checked = scriptContent.safeParse({ ...content, folderId: 'any' });
  for (const issue of checked.success || problems.length > 0 ? [] : checked.error.issues)
    wrong(columnOfField(issue.path.join('.')), issueInWords(issue));
  const folder = cell('文件夹');
  return {
    key: readKey(cell),
    folder: folder === undefined || folder.trim() === '' ? null : readFolder(folder),
    content,
    status,
    problems,
  };
}
