import { expect, test } from 'vitest';
import { emptyContent } from './empty-content.ts';
import { keepDraft, keptDraft, reopen } from './kept-draft.ts';

function memory(): Storage {
  const items = new Map<string, string>();
  return {
    length: 0,
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: () => null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  };
}

const content = { ...emptyContent('care'), title: '写到一半' };

test('what was typed is found again after the page was closed, and forgotten once it is stored', () => {
  const storage = memory();
  keepDraft(storage, 's1', { revision: 2, content });
  expect(keptDraft(storage, 's1')).toEqual({ revision: 2, content });
  expect(keptDraft(storage, 's2')).toBeNull();
  keepDraft(storage, 's1', null);
  expect(keptDraft(storage, 's1')).toBeNull();
});

test('something else under its name is not taken for a draft', () => {
  const storage = memory();
  storage.setItem('nextline.script.s1', '{"content":3,"revision":1}');
  expect(keptDraft(storage, 's1')).toBeNull();
  storage.setItem('nextline.script.s1', '{');
  expect(keptDraft(storage, 's1')).toBeNull();
});

test('a storage that is full does not stop the typing', () => {
  const full = memory();
  full.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  expect(() => keepDraft(full, 's1', { revision: 1, content })).not.toThrow();
});

test('a draft goes on where it stood, unless somebody saved since', () => {
  const stored = { revision: 2, content: { ...content, title: '别人存的' } };
  expect(reopen(null, stored)).toBe('forget');
  expect(reopen({ revision: null, content }, null)).toBe('goOn');
  expect(reopen({ revision: 2, content }, stored)).toBe('goOn');
  expect(reopen({ revision: 1, content }, stored)).toBe('ask');
  expect(reopen({ revision: 1, content: stored.content }, stored)).toBe('forget');
});
