import type { ScriptImport } from '@nextline/contract';
import { expect, test } from 'vitest';
import { importToShow, isRunning, percentOf, toWrite } from './import-progress.ts';

const importOf = (change: Partial<ScriptImport>): ScriptImport => ({
  importId: '0198a000-0000-7000-8000-000000000001',
  fileName: '话术.xlsx',
  mode: 'add',
  state: 'applying',
  rows: 5_000,
  handled: 0,
  counts: { new: 40, changed: 2, same: 7, refused: 1 },
  failure: null,
  startedBy: '陆一鸣',
  startedAt: '2026-06-09T06:30:00.000Z',
  finishedAt: null,
  ...change,
});

test('the bar counts rows and is full only when all are done', () => {
  expect(percentOf(importOf({ handled: 4_999 }))).toBe(99);
  expect(percentOf(importOf({ state: 'done', handled: 5_000 }))).toBe(100);
});

test('before the file was read nobody knows how far it is', () => {
  expect(percentOf(importOf({ state: 'reading', rows: 0 }))).toBeNull();
});

test('applying writes what is new or changed and leaves what is the same', () => {
  expect(toWrite(importOf({}))).toBe(42);
});

test('a reload goes on with what was on the screen; otherwise only with what is being worked on', () => {
  const done = importOf({ importId: 'a', state: 'done' });
  const checked = importOf({ importId: 'b', state: 'checked' });
  const applying = importOf({ importId: 'c' });
  expect(importToShow([done, checked, applying], 'b')).toBe(checked);
  expect(importToShow([done, checked, applying], null)).toBe(applying);
  expect(importToShow([done, checked], null)).toBeNull();
});

test('only a file that is being read or applied is asked for again', () => {
  expect([isRunning(importOf({})), isRunning(importOf({ state: 'checked' })), isRunning(null)]).toEqual([true, false, false]);
});
