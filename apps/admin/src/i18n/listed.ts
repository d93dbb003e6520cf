import { locale } from './locale.ts';

/** Several names in a row, as the chosen language strings them together. */
export const listed = (words: readonly string[]): string => words.join(locale.value === 'en' ? ', ' : '、');
