import { expect, test } from 'vitest';
import {
  changeBegan,
  changeRefused,
  changeStored,
  chosenTags,
  lookOf,
  nextChange,
  startEdits,
  tapTag,
  tryAgain,
  undoLast,
} from './tag-edits.ts';

const tagsOf = (...ids: string[]) => ids.map((tagId) => ({ tagId, name: tagId, pinyin: tagId }));
const skin = { singleChoice: true, tags: tagsOf('dry', 'oily', 'sensitive') };
const care = { singleChoice: false, tags: tagsOf('red', 'pores') };
const start = startEdits(['sensitive'], []);

test('a tapped tag looks chosen at once, with its dot, and settles when WeCom has it', () => {
  const tapped = tapTag(start, 'red', care);
  expect(lookOf(tapped, 'red')).toBe('saving');
  const body = nextChange(tapped);
  expect(body).toEqual({ add: ['red'], remove: [] });
  const stored = changeStored(changeBegan(tapped, body!), ['sensitive', 'red'], []);
  expect(lookOf(stored, 'red')).toBe('on');
  expect(nextChange(stored)).toBeNull();
});

test('choosing one of a single-choice group takes the other away in the same request', () => {
  const tapped = tapTag(start, 'dry', skin);
  expect(nextChange(tapped)).toEqual({ add: ['dry'], remove: ['sensitive'] });
  expect([...chosenTags(tapped)]).toEqual(['dry']);
});

test('a second tap while the first is being saved waits its turn and is not lost', () => {
  const first = tapTag(start, 'red', care);
  const saving = tapTag(changeBegan(first, nextChange(first)!), 'pores', care);
  expect(nextChange(saving)).toBeNull();
  const stored = changeStored(saving, ['sensitive', 'red'], []);
  expect(nextChange(stored)).toEqual({ add: ['pores'], remove: [] });
});

test('tapped on and off again before the answer, it is taken off again afterwards', () => {
  const on = tapTag(start, 'red', care);
  const off = tapTag(changeBegan(on, nextChange(on)!), 'red', care);
  expect(lookOf(off, 'red')).toBe('off');
  expect(nextChange(off)).toEqual({ add: [], remove: ['red'] });
});

test('a refusal stays on its chip, and a tap there tries the same again', () => {
  const tapped = tapTag(start, 'red', care);
  const body = nextChange(tapped)!;
  const refused = changeRefused(changeBegan(tapped, body), body);
  expect(lookOf(refused, 'red')).toBe('failed');
  expect(chosenTags(refused).has('red')).toBe(false);
  expect(nextChange(refused)).toBeNull();
  expect(nextChange(tapTag(refused, 'red', care))).toEqual({ add: ['red'], remove: [] });
});

test('撤销 takes the last tap back, with what it displaced', () => {
  const undone = undoLast(tapTag(start, 'dry', skin));
  expect([...chosenTags(undone)]).toEqual(['sensitive']);
  expect(undoLast(undone)).toBe(undone);
});

test('stored here but not yet in WeCom keeps its dot', () => {
  const stored = changeStored(start, ['sensitive', 'red'], ['red']);
  expect(lookOf(stored, 'red')).toBe('saving');
  expect(lookOf(stored, 'sensitive')).toBe('on');
});

test('those that could not be saved are asked for once more, as they were wanted', () => {
  const tapped = tapTag(start, 'dry', skin);
  const body = nextChange(tapped)!;
  const refused = changeRefused(changeBegan(tapped, body), body);
  expect(nextChange(refused)).toBeNull();
  expect(nextChange(tryAgain(refused))).toEqual({ add: ['dry'], remove: ['sensitive'] });
});
