import { expect, test } from 'vitest';
import { stored, tried, typed, writable, type NoteDraft } from './note-draft.ts';

const fresh: NoteDraft = { noteId: 'n1', text: '', tried: false };
const newId = () => 'n2';

test('typing keeps the id until the note was tried', () => {
  expect(typed(fresh, '在意价格', newId)).toEqual({ noteId: 'n1', text: '在意价格', tried: false });
});

test('a second try of the same words carries the same id', () => {
  const failed = tried({ ...fresh, text: '在意价格' });
  expect(typed(failed, '在意价格', newId)).toEqual(failed);
});

test('words that change after a try get a new id, so the edit is not swallowed', () => {
  const failed = tried({ ...fresh, text: '在意价格' });
  expect(typed(failed, '在意价格，月底发工资', newId)).toEqual({ noteId: 'n2', text: '在意价格，月底发工资', tried: false });
});

test('a stored note empties the draft, but not what was typed meanwhile', () => {
  const sent = tried({ ...fresh, text: '在意价格' });
  expect(stored(sent, 'n1', newId)).toEqual({ noteId: 'n2', text: '', tried: false });
  const goneOn = typed(sent, '在意价格，再写一句', newId);
  expect(stored(goneOn, 'n1', newId)).toEqual(goneOn);
});

test('blank and overlong notes cannot be stored', () => {
  expect(writable({ ...fresh, text: ' \n' })).toBe(false);
  expect(writable({ ...fresh, text: 'x'.repeat(4001) })).toBe(false);
  expect(writable({ ...fresh, text: '好' })).toBe(true);
});
