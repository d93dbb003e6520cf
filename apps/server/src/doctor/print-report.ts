import type { DoctorCheck, DoctorReport, DoctorState, Language } from '@nextline/contract';
import { inWords, say } from './say.ts';

const marks: Record<DoctorState, string> = { ok: '✓', failed: '✗', unknown: '?' };
const colours: Record<DoctorState, number> = { ok: 32, failed: 31, unknown: 33 };

/** A Chinese character takes two columns of a terminal. */
const width = (text: string) =>
  [...text].reduce(
    (sum, char) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char) ? 2 : 1),
    0,
  );

const pad = (text: string, columns: number) => text + ' '.repeat(Math.max(0, columns - width(text)));

/** The report as lines for a terminal. `colour`: only when somebody looks at it. */
export function printReport({ checks }: DoctorReport, options: { colour: boolean; language: Language }): string[] {
  const columns = Math.max(...checks.map(({ title }) => width(title))) + 2;
  const indent = ' '.repeat(columns + 2);
  const lines = checks.flatMap((check) => linesOf(check, columns, indent, options.colour));
  const count = (state: DoctorState) => checks.filter((check) => check.state === state).length;
  const counts = { all: checks.length, ok: count('ok'), failed: count('failed'), unknown: count('unknown') };
  return [...lines, '', inWords(say('counts', counts), options.language)];
}

function linesOf(check: DoctorCheck, columns: number, indent: string, colour: boolean): string[] {
  const mark = colour ? `\u001b[${colours[check.state]}m${marks[check.state]}\u001b[0m` : marks[check.state];
  const fix = check.fix === null ? [] : [`${indent}→ ${check.fix}`];
  // What is well needs no explanation.
  const detail = check.state === 'ok' ? [] : check.detail.map((line) => `${indent}  ${line}`);
  return [`${mark} ${pad(check.title, columns)}${check.sentence}`, ...fix, ...detail];
}
