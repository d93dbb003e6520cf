import { locale } from './locale.ts';

/** Clauses of one sentence. */
export const clauses = (parts: readonly string[]): string => parts.join(locale.value === 'en' ? ', ' : '，');

/** Several names in a row, as the chosen language strings them together. */
export const listed = (words: readonly string[]): string => words.join(locale.value === 'en' ? ', ' : '、');
