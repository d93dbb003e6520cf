import type { ScriptContent } from '@nextline/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Autosave, type AutosaveEvent, decideSave, isStored, openAutosave } from './autosave.ts';
import { emptyContent } from './empty-content.ts';

const written = (title: string): ScriptContent => ({ ...emptyContent('care'), title });
const opened = () =>
  openAutosave({ revision: 3, content: written('原来的'), savedAt: '2026-06-09T06:30:00.000Z', savedBy: '陆一鸣' }, written(''));
const after = (state: Autosave, event: AutosaveEvent, now = 0) => decideSave(state, event, now).state;
const typed = (title: string): AutosaveEvent => ({ kind: 'typed', content: written(title) });
const saved = (revision: number, title: string): AutosaveEvent => ({
  kind: 'saved',
  revision,
  content: written(title),
  savedAt: '2026-06-09T06:31:00.000Z',
  savedBy: '陆一鸣',
});
const theirs = { revision: 5, content: written('沈乔写的'), savedBy: '沈乔', savedAt: '2026-06-09T06:30:30.000Z' };

test('is saved 800 ms after the last key, with the revision it was read at', () => {
  const state = after(opened(), typed('新的'), 1_000);
  expect(state.phase).toBe('typing');
  expect(decideSave(state, { kind: 'due' }, 1_700).send).toBeNull();
  expect(decideSave(state, { kind: 'due' }, 1_800).send).toEqual({ revision: 3, content: written('新的') });
});

test('somebody who types without a pause is saved every 5 seconds all the same', () => {
  let state = opened();
  for (let now = 0; now <= 4_900; now += 100) state = after(state, typed(`字${now}`), now);
  expect(state.dueAt).toBe(5_000);
});

test('what is typed while a save is on its way goes with the next one, and never both at once', () => {
  const sending = after(after(opened(), typed('一'), 0), { kind: 'due' }, 800);
  const meanwhile = after(sending, typed('一二'), 900);
  expect(decideSave(meanwhile, { kind: 'due' }, 9_000).send).toBeNull();
  const answered = after(meanwhile, saved(4, '一'), 1_000);
  expect(answered.phase).toBe('typing');
  expect(isStored(answered)).toBe(false);
  expect(decideSave(answered, { kind: 'due' }, 1_800).send).toEqual({ revision: 4, content: written('一二') });
});

test('typing back what is stored needs no save', () => {
  const state = after(after(opened(), typed('新的'), 0), typed('原来的'), 100);
  expect(state.phase).toBe('saved');
  expect(state.dueAt).toBeNull();
});

test('without a connection it tries again, each time later, and says so while the typing goes on', () => {
  let state = after(after(opened(), typed('新的'), 0), { kind: 'due' }, 800);
  state = after(state, { kind: 'unreachable' }, 1_000);
  expect([state.phase, state.dueAt]).toEqual(['offline', 3_000]);
  state = after(after(state, { kind: 'due' }, 3_000), { kind: 'unreachable' }, 3_100);
  expect(state.dueAt).toBe(7_100);
  expect(after(state, typed('新的字'), 4_000).phase).toBe('offline');
});

test('when only the answer was lost, the save in between was our own and nobody is asked', () => {
  let state = after(after(opened(), typed('新的'), 0), { kind: 'due' }, 800);
  state = after(after(state, { kind: 'unreachable' }, 900), typed('新的字'), 1_000);
  state = after(state, { kind: 'due' }, 3_000);
  state = after(state, { kind: 'changedMeanwhile', theirs: { ...theirs, content: written('新的') } }, 3_100);
  expect([state.phase, state.revision]).toEqual(['typing', 5]);
  expect(decideSave(state, { kind: 'due' }, 4_000).send).toEqual({ revision: 5, content: written('新的字') });
});

test("somebody else's save in between stops saving until one is chosen; mine goes over theirs on purpose", () => {
  let state = after(after(opened(), typed('我写的'), 0), { kind: 'due' }, 800);
  state = after(state, { kind: 'changedMeanwhile', theirs }, 900);
  expect([state.phase, state.theirs]).toEqual(['conflict', theirs]);
  expect(decideSave(state, { kind: 'saveNow' }, 1_000).send).toBeNull();
  expect(decideSave(state, { kind: 'keepMine' }, 1_000).send).toEqual({ revision: 5, content: written('我写的') });
});

test('taking theirs shows theirs, stored', () => {
  const conflict = after(after(opened(), typed('我写的'), 0), { kind: 'changedMeanwhile', theirs }, 900);
  const state = after(conflict, { kind: 'takeTheirs' }, 1_000);
  expect([state.content.title, state.revision, state.phase, isStored(state)]).toEqual(['沈乔写的', 5, 'saved', true]);
});

test('two people who wrote the same have no conflict', () => {
  const state = after(after(opened(), typed('沈乔写的'), 0), { kind: 'changedMeanwhile', theirs }, 900);
  expect([state.phase, state.revision]).toEqual(['saved', 5]);
});

test('what the server refuses waits for a change and is not sent again and again', () => {
  let state = after(after(opened(), typed('新的'), 0), { kind: 'due' }, 800);
  state = after(state, { kind: 'refused', sentence: '标题太长了。' }, 900);
  expect([state.phase, state.refusal, state.dueAt]).toEqual(['refused', '标题太长了。', null]);
  expect(after(state, typed('短'), 1_000).phase).toBe('typing');
});

test('a script that nobody saved yet is made by the first save, also when it was left empty', () => {
  const state = openAutosave(null, written(''));
  expect(decideSave(state, { kind: 'saveNow' }, 0).send).toEqual({ revision: null, content: written('') });
});

test('whatever happens in whatever order, what was typed last is on the screen, or theirs was taken on purpose', () => {
  const event = fc.oneof(
    fc.string({ maxLength: 3 }).map(typed),
    fc.constantFrom<AutosaveEvent>({ kind: 'due' }, { kind: 'saveNow' }, saved(4, '原来的'), { kind: 'unreachable' }, { kind: 'keepMine' }),
    fc.constant<AutosaveEvent>({ kind: 'changedMeanwhile', theirs }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let state = opened();
      let last = state.content.title;
      for (const [index, one] of events.entries()) {
        if (one.kind === 'typed') last = one.content.title;
        state = after(state, one, index * 1_000);
        expect(state.content.title).toBe(last);
        expect(state.phase !== 'saved' || isStored(state)).toBe(true);
      }
    }),
  );
});
