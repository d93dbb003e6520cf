import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bound, type Estimate, judge, type Verdict } from './ratio.ts';

export type Outcome = {
  ratio: number | null;
  ci: [number, number] | null;
  target: number;
  detail: { bound: Bound; verdict: Verdict | 'not measured' } & Record<string, unknown>;
};

/** `bench/results/latest.json`, in the form of the design: one entry per id. */
export const latest = fileURLToPath(new URL('results/latest.json', import.meta.url));

const rounded = (value: number) => Number(value.toPrecision(4));

export function outcome(estimate: Estimate, target: number, bound: Bound, detail: Record<string, unknown>): Outcome {
  return {
    ratio: rounded(estimate.ratio),
    ci: [rounded(estimate.ci[0]), rounded(estimate.ci[1])],
    target,
    detail: { bound, verdict: judge(estimate, target, bound), ...detail },
  };
}

export function notMeasured(target: number, bound: Bound, reason: string): Outcome {
  return { ratio: null, ci: null, target, detail: { bound, verdict: 'not measured', reason } };
}

/** Replaces the entries that were measured and keeps the rest: `--only R3` forgets nothing. */
export function writeOutcomes(file: string, outcomes: Record<string, Outcome>): void {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Outcome>) : {};
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...before, ...outcomes }, null, 2)}\n`);
}

/** One line per id, aligned, for people. */
export function table(outcomes: Record<string, Outcome>): string {
  const rows = Object.entries(outcomes).map(([id, { ratio, ci, target, detail }]) => [
    id,
    ratio === null ? '–' : ratio.toFixed(3),
    ci === null ? '–' : `${ci[0].toFixed(3)} … ${ci[1].toFixed(3)}`,
    `${detail.bound === 'at least' ? '≥' : '≤'} ${target.toFixed(2)}`,
    detail.verdict,
  ]);
  const all = [['id', 'ratio', '95 %', 'target', 'verdict'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, n) => cell.padEnd(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
