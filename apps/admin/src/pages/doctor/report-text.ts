import type { DoctorReport, DoctorState } from '@nextline/contract';

const marks: Record<DoctorState, string> = { ok: '✓', failed: '✗', unknown: '?' };

/** The report as plain text, what is to be done first: for a message to IT. Holds no secret, because the report does not. */
export function reportText({ checkedAt, checks }: DoctorReport): string {
  const rank = { failed: 0, unknown: 1, ok: 2 };
  const lines = checks
    .toSorted((one, other) => rank[one.state] - rank[other.state])
    .flatMap(({ title, state, sentence, fix, detail }) => [
      `${marks[state]} ${title}：${sentence}`,
      ...(fix === null ? [] : [`  → ${fix}`]),
      ...(state === 'ok' ? [] : detail.map((line) => `  ${line}`)),
    ]);
  return [`下一句 体检 ${checkedAt}`, '', ...lines].join('\n');
}
