import type { DoctorReport, DoctorState } from '@nextline/contract';
import { telling } from '../../i18n/listed.ts';
import { useWords } from '../../i18n/words.ts';
import { words } from './words.ts';

const t = useWords(words);
const marks: Record<DoctorState, string> = { ok: '✓', failed: '✗', unknown: '?' };

/** The report as plain text, what is to be done first: for a message to IT. Holds no secret, because the report does not. */
export function reportText({ checkedAt, checks }: DoctorReport): string {
  const rank = { failed: 0, unknown: 1, ok: 2 };
  const lines = checks
    .toSorted((one, other) => rank[one.state] - rank[other.state])
    .flatMap(({ title, state, sentence, fix, detail }) => [
      `${marks[state]} ${telling(title, sentence)}`,
      ...(fix === null ? [] : [`  → ${fix}`]),
      ...(state === 'ok' ? [] : detail.map((line) => `  ${line}`)),
    ]);
  return [t('report', { at: checkedAt }), '', ...lines].join('\n');
}
