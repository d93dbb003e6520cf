import { expect, test } from 'vitest';
import { keyAction, opensSearch, type KeyPress } from './search-keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, shift: false, command: false, composing: false, ...more });
const at = (chosen: number | null, rows = 3, query = 'hb') => ({ chosen, rows, query });

test('the arrows walk the rows and stop at both ends', () => {
  expect(keyAction(press('ArrowDown'), at(null))).toEqual({ type: 'choose', row: 0 });
  expect(keyAction(press('ArrowDown'), at(1))).toEqual({ type: 'choose', row: 2 });
  expect(keyAction(press('ArrowDown'), at(2))).toEqual({ type: 'choose', row: 2 });
  expect(keyAction(press('ArrowUp'), at(0))).toEqual({ type: 'choose', row: 0 });
  expect(keyAction(press('ArrowDown'), at(null, 0))).toBeNull();
});

test('Enter sends and Tab edits the chosen row, and nothing when none is chosen or the list has shrunk', () => {
  expect(keyAction(press('Enter'), at(1))).toEqual({ type: 'send', row: 1 });
  expect(keyAction(press('Tab'), at(1))).toEqual({ type: 'edit', row: 1 });
  expect(keyAction(press('Tab', { shift: true }), at(1))).toBeNull();
  expect(keyAction(press('Enter'), at(null))).toBeNull();
  expect(keyAction(press('Enter'), at(3))).toBeNull();
});

test('Enter that picks a word in the input method never sends', () => {
  expect(keyAction(press('Enter', { composing: true }), at(0))).toBeNull();
});

test('Esc first clears what was typed, then leaves', () => {
  expect(keyAction(press('Escape'), at(0))).toEqual({ type: 'clear' });
  expect(keyAction(press('Escape'), at(0, 3, ''))).toEqual({ type: 'leave' });
});

test('a slash opens the search unless it is typed into a field or behind a sheet', () => {
  expect(opensSearch(press('/'), false, false)).toBe(true);
  expect(opensSearch(press('/'), true, false)).toBe(false);
  expect(opensSearch(press('/'), false, true)).toBe(false);
  expect(opensSearch(press('/', { command: true }), false, false)).toBe(false);
});
