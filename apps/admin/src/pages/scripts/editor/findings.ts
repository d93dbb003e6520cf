import type { ScriptContent, ScriptFinding } from '@nextline/contract';
import type { Mark, Span } from './variable-text.ts';

/** The text that a finding speaks of, by its path (`title`, `parts.1.page`); null when there is none any more. */
export function textAt(content: ScriptContent, field: string): string | null {
  let value: unknown = content;
  for (const step of field.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null;
    value = Reflect.get(value, step);
  }
  return typeof value === 'string' ? value : null;
}

/**
 * Where a stretch of an older text lies in what it has become; null when it was typed over. Findings come back from the server some moments
 * after the text they speak of, and what is typed meanwhile must not shift their marks.
 */
export function followSpan(older: string, newer: string, span: Span): Span | null {
  const shorter = Math.min(older.length, newer.length);
  let head = 0;
  while (head < shorter && older[head] === newer[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && older[older.length - 1 - tail] === newer[newer.length - 1 - tail]) tail += 1;
  if (span.to <= head) return { from: span.from, to: span.to };
  if (span.from < older.length - tail) return null;
  const shift = newer.length - older.length;
  return { from: span.from + shift, to: span.to + shift };
}

/** A finding with its place in the content as it is now. `span` null: it speaks of the field as a whole. */
export type LiveFinding = ScriptFinding & { span: Span | null };

/** A setting of which something else was chosen than it has, and nothing yet that it could have: 部分门店 without a store. */
export type UnfinishedSetting = 'audience' | 'validUntil';

/** Only the page knows of it: the script keeps what it had, and does not go on as something that is not shown. */
export const unfinishedFinding = (field: UnfinishedSetting, sentence: string): LiveFinding => ({
  field,
  level: 'error',
  code: 'setting.unfinished',
  sentence,
  from: null,
  to: null,
  replaceWith: null,
  span: null,
});

/** The findings of `checked` that still hold for `content`: those whose words were typed over since are gone until the next check. */
export function liveFindings(findings: readonly ScriptFinding[], checked: ScriptContent, content: ScriptContent): LiveFinding[] {
  return findings.flatMap((finding): LiveFinding[] => {
    const { field, from, to } = finding;
    const older = textAt(checked, field);
    const newer = textAt(content, field);
    if (from === null || to === null) return older === newer ? [{ ...finding, span: null }] : [];
    const span = older === null || newer === null ? null : followSpan(older, newer, { from, to });
    return span ? [{ ...finding, span }] : [];
  });
}

/** Those of one field and of everything under it: `parts.0` takes in `parts.0.text`. */
export function findingsUnder(findings: readonly LiveFinding[], prefix: string): LiveFinding[] {
  return findings.filter(({ field }) => field === prefix || field.startsWith(`${prefix}.`));
}

/** Whether it speaks of what stands below the messages. */
export const isOfSettings = ({ field }: ScriptFinding): boolean => field !== 'title' && !/^parts\b/.test(field);

/** Whether it is about a variable that some customers have no value for: nothing is wrong with the words, and a default word helps. */
export const speaksOfVariable = ({ code }: ScriptFinding): boolean => code.startsWith('variable.');

export function marksOf(findings: readonly LiveFinding[]): Mark[] {
  return findings.flatMap((finding): Mark[] => {
    const { span } = finding;
    return span && span.to > span.from ? [{ ...span, level: speaksOfVariable(finding) ? 'note' : finding.level }] : [];
  });
}

/** The content with the finding's own words in the place it names. Null when there is nothing to put or no place for it. */
export function withFix(content: ScriptContent, { field, span, replaceWith }: LiveFinding): ScriptContent | null {
  const text = textAt(content, field);
  if (text === null || span === null || replaceWith === null) return null;
  return withTextAt(content, field, text.slice(0, span.from) + replaceWith + text.slice(span.to));
}

function withTextAt(content: ScriptContent, field: string, text: string): ScriptContent {
  const copy = structuredClone(content);
  const steps = field.split('.');
  const last = steps.pop() ?? '';
  let holder: unknown = copy;
  for (const step of steps) holder = typeof holder === 'object' && holder !== null ? Reflect.get(holder, step) : null;
  if (typeof holder === 'object' && holder !== null) Reflect.set(holder, last, text);
  return copy;
}
