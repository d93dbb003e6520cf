import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { commandOf } from '../local-postgres/command-of.ts';
import { demoOn, leaveFolder, mayBeEmptied, takeFolder } from './data-folder.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'nextline-folder-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test('a folder on which a demo runs says so until that demo is gone', () => {
  const dataDir = folder();
  expect(demoOn(dataDir)).toBeNull();
  takeFolder(dataDir);
  expect(demoOn(dataDir, () => 'node demo/run.ts --fresh')).toBe(process.pid);
  leaveFolder(dataDir);
  expect(demoOn(dataDir, () => 'node demo/run.ts')).toBeNull();
});

test("a demo's folder may be emptied, also one that never got far; somebody's own may not", () => {
  const dataDir = folder();
  expect([mayBeEmptied(dataDir), mayBeEmptied(join(dataDir, 'not there'))]).toEqual([true, true]);
  writeFileSync(join(dataDir, 'thesis.txt'), '');
  expect(mayBeEmptied(dataDir)).toBe(false);
  mkdirSync(join(dataDir, 'postgres'));
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18');
  expect(mayBeEmptied(dataDir)).toBe(true);
});

test('a number that has passed on to another program holds no folder', () => {
  const dataDir = folder();
  takeFolder(dataDir);
  expect(demoOn(dataDir, () => 'vim notes.txt')).toBeNull();
  expect(demoOn(dataDir)).toBeNull();
});

test('the command of a process is read from the system', () => {
  expect(commandOf(process.pid)).toContain('node');
  expect(commandOf(2 ** 30)).toBe('');
  expect(commandOf(Number.NaN)).toBe('');
});
