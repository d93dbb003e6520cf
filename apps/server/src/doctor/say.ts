import type { DoctorCheck, DoctorReport, Language } from '@nextline/contract';
import type { Sentence } from '../sentence.ts';
import { sentences } from './sentences.ts';

export type Key = keyof typeof sentences;
/** A sentence that is not yet in any language. What fills a blank may be one itself, a sentence from elsewhere, or several in a row. */
export type Said = { key: Key; given: Readonly<Record<string, Value>> };
type One = string | number | Said | Sentence;
type Value = One | readonly One[];

type Named<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type Given<Of extends Key> = [Named<(typeof sentences)[Of]['zh-CN']>] extends [never]
  ? []
  : [given: Record<Named<(typeof sentences)[Of]['zh-CN']>, Value>];

/** A blank that is not filled does not compile. */
export const say = <Of extends Key>(key: Of, ...[given]: Given<Of>): Said => ({ key, given: given ?? {} });

export function inWords({ key, given }: Said, language: Language): string {
  const one = (value: One) => {
    if (typeof value !== 'object') return String(value);
    return 'key' in value ? inWords(value, language) : value[language];
  };
  const sentence: string = sentences[key][language];
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = given[name];
    if (value === undefined) return whole;
    return typeof value === 'object' && 'length' in value ? value.map(one).join(language === 'en' ? ', ' : '、') : one(value);
  });
}

export type Check = Pick<DoctorCheck, 'id' | 'state'> & { sentence: Said; fix: Said | null; detail: Said[] };
export type Report = { checkedAt: Date; checks: Check[] };

export const reportInWords = ({ checkedAt, checks }: Report, language: Language): DoctorReport => ({
  checkedAt: checkedAt.toISOString(),
  checks: checks.map(({ id, state, sentence, fix, detail }) => ({
    id,
    code: sentence.key,
    title: inWords(say(`title.${id}`), language),
    state,
    sentence: inWords(sentence, language),
    fix: fix && inWords(fix, language),
    detail: detail.map((line) => inWords(line, language)),
  })),
});
