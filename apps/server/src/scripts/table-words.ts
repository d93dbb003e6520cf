import type { Language, Part, ScriptContent, ScriptStatus } from '@nextline/contract';
import type { Sentence } from '../sentence.ts';

/** A table is written in the language of whoever takes it, and read in either. Here and in what is kept, a column is called by its Chinese name. */
const english: Readonly<Record<string, string>> = {
  编号: 'Key',
  文件夹: 'Folder',
  标题: 'Title',
  关键词: 'Keywords',
  用途: 'Purpose',
  谁能看: 'Seen by',
  适用阶段: 'Stages',
  适用标签: 'Tags',
  适用月份: 'Months',
  客户问到: 'Customer asks about',
  加好友后几天: 'Days since added',
  下单后几天: 'Days since order',
  买的是: 'Bought',
  几天没互动: 'Days of silence',
  开始时间: 'From',
  结束时间: 'Until',
  默认词: 'Default words',
  状态: 'Status',
  哪里不对: 'What is wrong',
  ...Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`消息${n + 1}`, `Message ${n + 1}`])),
};

export const columnName = (column: string): Sentence => ({ 'zh-CN': column, en: english[column] ?? column });

const plain = (word: string) => word.trim().replaceAll(/\s+/g, ' ').toLowerCase();
const byEnglish = new Map(Object.entries(english).map(([column, name]) => [plain(name), column]));
/** What a heading names; one that is nobody's stays as it is. */
export const columnOf = (heading: string): string => byEnglish.get(plain(heading)) ?? heading.trim();

/** Which of these a cell says, in whatever language. */
function saidIn<Key extends string>(words: Readonly<Record<Key, Sentence>>): (cell: string) => Key | null {
  const keys = new Map(
    (Object.keys(words) as Key[]).flatMap((key) => Object.values(words[key]).map((word) => [plain(word), key] as const)),
  );
  return (cell) => keys.get(plain(cell)) ?? null;
}

export const statusWords: Readonly<Record<ScriptStatus, Sentence>> = {
  draft: { 'zh-CN': '草稿', en: 'Draft' },
  review: { 'zh-CN': '待审', en: 'In review' },
  published: { 'zh-CN': '已发布', en: 'Published' },
  retired: { 'zh-CN': '已下线', en: 'Retired' },
};
export const statusOf = saidIn(statusWords);

export const purposeWords: Readonly<Record<ScriptContent['purpose'], Sentence>> = {
  service: { 'zh-CN': '服务', en: 'Service' },
  marketing: { 'zh-CN': '营销', en: 'Marketing' },
};
export const purposeOf = saidIn(purposeWords);

const everybody = /^(?:全部|全部门店|公司|all|all stores|)$/i;
const some = /^\s*(?:(门店|stores?)|个人|person)\s*[：:]\s*([\s\S]*)$/i;
export const audienceWords: Readonly<Record<ScriptContent['audience']['kind'], Sentence>> = {
  company: { 'zh-CN': '全部', en: 'All' },
  stores: { 'zh-CN': '门店：', en: 'Stores: ' },
  personal: { 'zh-CN': '个人：', en: 'Person: ' },
};
/** Null: nobody can tell who is meant. */
export function audienceOf(cell: string): { kind: ScriptContent['audience']['kind']; who: string } | null {
  const [match, stores, who = ''] = some.exec(cell) ?? [];
  if (match !== undefined) return { kind: stores === undefined ? 'personal' : 'stores', who };
  return everybody.test(cell.trim()) ? { kind: 'company', who: '' } : null;
}

export const writeDays = (days: readonly [number, number] | null, language: Language): string =>
  days === null ? '' : days.join({ 'zh-CN': ' 到 ', en: ' to ' }[language]);
/** `0 到 7`, `0 to 7`, `7`. Null: not written so. */
export function readDays(cell: string): [number, number] | null {
  const [, from, to] = /^\s*(\d{1,5})\s*(?:(?:到|至|to|-|~|—|–)\s*(\d{1,5}))?\s*(?:天|days?)?\s*$/i.exec(cell) ?? [];
  return from === undefined ? null : [Number(from), Number(to ?? from)];
}

/** What stands before a message that is no text. */
export const partMarks: Readonly<Record<Part['kind'], Sentence>> = {
  image: { 'zh-CN': '[图片]', en: '[Image]' },
  video: { 'zh-CN': '[视频]', en: '[Video]' },
  file: { 'zh-CN': '[文件]', en: '[File]' },
  link: { 'zh-CN': '[链接]', en: '[Link]' },
  miniprogram: { 'zh-CN': '[小程序]', en: '[Mini program]' },
  text: { 'zh-CN': '[文字]', en: '[Text]' },
};
const kindOfMark = saidIn(partMarks);
/** The mark that a cell begins with, and what stands behind it. */
export function markOf(cell: string): { kind: Part['kind']; rest: string } | null {
  const mark = /^\[[^\][\n]{1,20}\]/.exec(cell)?.[0] ?? '';
  const kind = kindOfMark(mark);
  return kind === null ? null : { kind, rest: cell.slice(mark.length) };
}

export const fieldWords = {
  title: { 'zh-CN': '标题', en: 'Title' },
  description: { 'zh-CN': '说明', en: 'Description' },
  url: { 'zh-CN': '网址', en: 'URL' },
  cover: { 'zh-CN': '封面', en: 'Cover' },
  appId: { 'zh-CN': 'AppID', en: 'AppID' },
  page: { 'zh-CN': '页面', en: 'Page' },
} as const satisfies Record<string, Sentence>;
export type PartField = keyof typeof fieldWords;
export const fieldOf = saidIn<PartField>(fieldWords);
/** Between the name of a field and what it says. */
export const colon: Sentence = { 'zh-CN': '：', en: ': ' };

export const exampleKey: Sentence = { 'zh-CN': '示例-1', en: 'Example-1' };
/** A line whose key begins so shows how to fill in the template and is never imported. */
export const isExample = (key: string): boolean => /^(?:示例|Example-)/.test(key);
