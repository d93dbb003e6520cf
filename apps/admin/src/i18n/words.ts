import { type Locale, locale } from './locale.ts';

/** Both languages of one noun: `pages/<noun>/words.ts` exports what `defineWords` answers. */
export type Words<Chinese extends Record<string, string>> = Record<Locale, Record<keyof Chinese, string>> & { 'zh-CN': Chinese };

/** A sentence that English lacks, or has too many, does not compile. `{n}` in a sentence is filled by `t('key', { n })`. */
export function defineWords<const Chinese extends Record<string, string>>(words: {
  'zh-CN': Chinese;
  en: Record<keyof NoInfer<Chinese>, string>;
}): Words<Chinese> {
  return words;
}

type Named<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type Given<Sentence extends string> = [Named<Sentence>] extends [never] ? [] : [given: Record<Named<Sentence>, string | number>];

/** The sentences without blanks: what a list of entries may name. */
export type PlainKey<Chinese extends Record<string, string>> = {
  [Key in keyof Chinese]: Given<Chinese[Key]> extends [] ? Key : never;
}[keyof Chinese] &
  string;

/** Says one sentence in the language that is chosen now; in a template or a computed it follows the switch. */
export type Say<Chinese extends Record<string, string>> = <Key extends keyof Chinese & string>(
  key: Key,
  ...given: Given<Chinese[Key]>
) => string;

/** `const t = useWords(words)`, then `t('title')` or `t('chosen', { n: 3 })`. */
export function useWords<Chinese extends Record<string, string>>(words: Words<Chinese>): Say<Chinese> {
  return (key, ...[given]) => {
    const sentence: string = words[locale.value][key];
    const values: Partial<Record<string, string | number>> = given ?? {};
    return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}
