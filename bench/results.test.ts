import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { notMeasured, outcome, table, writeOutcomes } from './results.ts';

function resultsFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nextline-results-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'results', 'latest.json');
}

test('an outcome holds ratio, interval and target, and says whether they fit', () => {
  expect(outcome({ ratio: 0.912345, ci: [0.901234, 0.923456] }, 0.85, 'at least', { pairs: 12 })).toEqual({
    ratio: 0.9123,
    ci: [0.9012, 0.9235],
    target: 0.85,
    detail: { bound: 'at least', verdict: 'met', pairs: 12 },
  });
});

test('a run of some ids replaces theirs and keeps the others', () => {
  const file = resultsFile();
  const first = outcome({ ratio: 0.9, ci: [0.89, 0.91] }, 0.85, 'at least', {});
  const second = outcome({ ratio: 0.8, ci: [0.79, 0.81] }, 0.85, 'at least', {});
  writeOutcomes(file, { R1: first, R3: first });
  writeOutcomes(file, { R3: second });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ R1: first, R3: second });
});

test('what could not be measured has no ratio and says why', () => {
  const missing = notMeasured(0.3, 'at least', 'pgbench not found');
  expect(missing).toMatchObject({ ratio: null, ci: null, target: 0.3, detail: { verdict: 'not measured', reason: 'pgbench not found' } });
  expect(table({ R2: missing })).toContain('not measured');
});
