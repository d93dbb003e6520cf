import { type Language, language } from '@nextline/contract';

/** What a person is told, in every language that is spoken: who writes one writes the other beside it. */
export type Sentence = Readonly<Record<Language, string>>;

/** What only guides are told: the sidebar is in Chinese. */
export const forGuides = (chinese: string): Sentence => ({ 'zh-CN': chinese, en: chinese });

/** What nobody translates: the words of WeCom, of a library, or of a colleague. */
export const asItIs = (text: string): Sentence => ({ 'zh-CN': text, en: text });

/** For a column of text. What is the same in every language stands as it is, as does what was written when there was only Chinese. */
export const writeSentence = (sentence: Sentence): string =>
  sentence['zh-CN'] === sentence.en ? sentence.en : JSON.stringify({ 'zh-CN': sentence['zh-CN'], en: sentence.en });

export function readSentence(text: string): Sentence {
  if (!text.startsWith('{"zh-CN":')) return asItIs(text);
  return JSON.parse(text);
}

/** The same with each sentence said in one language. */
export type InLanguage<T> = T extends Sentence
  ? string
  : T extends readonly (infer One)[]
    ? InLanguage<One>[]
    : T extends object
      ? { [Key in keyof T]: Key extends 'content' ? T[Key] : InLanguage<T[Key]> }
      : T;

const isSentence = (value: object): value is Sentence => 'zh-CN' in value && 'en' in value;

/** Says what is to be told, however deep it lies in an answer. A `content` is somebody's own words, whatever they look like. */
export function inLanguage<T>(value: T, spoken: Language): InLanguage<T>;
export function inLanguage(value: unknown, spoken: Language): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => inLanguage(one, spoken));
  if (isSentence(value)) return value[spoken];
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, key === 'content' ? held : inLanguage(held, spoken)]));
}

/** Of the console's own addresses only. */
const inCookie = /(?:^|; )nextline_language=([^;]*)/;

/**
 * The console says in `x-language` which one it shows, and in a cookie where a link or an address is followed, which sends no header of ours. Not `accept-language`: the sidebar stays
 * Chinese in a browser that is not.
 */
export const languageOf = (headers: Readonly<Record<string, unknown>>): Language =>
  language.catch('zh-CN').parse(headers['x-language'] ?? inCookie.exec(String(headers.cookie ?? ''))?.[1]);
