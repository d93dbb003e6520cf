import { locale } from './locale.ts';

/** Clauses of one sentence. */
export const clauses = (parts: readonly string[]): string => parts.join(locale.value === 'en' ? ', ' : '，');

/** What a thing is, and what it says: `可信 IP：被挡住了。` */
export const telling = (what: string, said: string): string => `${what}${locale.value === 'en' ? ': ' : '：'}${said}`;

/** `小林（林小姐）` */
export const alsoCalled = (name: string, other: string): string => (locale.value === 'en' ? `${name} (${other})` : `${name}（${other}）`);

export const quoted = (words: string): string => (locale.value === 'en' ? `“${words}”` : `「${words}」`);

/** Several names in a row, as the chosen language strings them together. */
export const listed = (words: readonly string[]): string => words.join(locale.value === 'en' ? ', ' : '、');
