import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runsOf, snapSelection, variableNamed, variableSpans, variableToDelete } from './variable-text.ts';

const greeting = '{客户称呼}，用了{上次购买}吗';

test('a text falls into its variables and what stands between them', () => {
  expect(runsOf(greeting).map(({ text, variable }) => [text, variable])).toEqual([
    ['{客户称呼}', '客户称呼'],
    ['，用了', null],
    ['{上次购买}', '上次购买'],
    ['吗', null],
  ]);
});

test('a finding across a variable marks both sides and leaves the variable whole', () => {
  const runs = runsOf('最{门店}好', [{ from: 0, to: 6, level: 'warning' }]);
  expect(runs.map(({ text, variable, level }) => [text, variable, level])).toEqual([
    ['最', null, 'warning'],
    ['{门店}', '门店', 'warning'],
    ['好', null, 'warning'],
  ]);
});

test('where two findings overlap the error is drawn', () => {
  const runs = runsOf('最有效', [
    { from: 0, to: 3, level: 'warning' },
    { from: 0, to: 1, level: 'error' },
  ]);
  expect(runs.map(({ text, level }) => [text, level])).toEqual([
    ['最', 'error'],
    ['有效', 'warning'],
  ]);
});

test('what an input method is composing is a run of its own', () => {
  expect(runsOf('您hao吗', [], { from: 1, to: 4 }).map(({ text, composing }) => [text, composing])).toEqual([
    ['您', false],
    ['hao', true],
    ['吗', false],
  ]);
});

test('the runs joined are the text, whatever it holds and wherever the findings lie', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '门店', '<b>', '\n', '😀', '=1+1') }),
      fc.array(fc.tuple(fc.nat(40), fc.nat(40))),
      (text, pairs) => {
        const marks = pairs.map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b), level: 'error' as const }));
        expect(
          runsOf(text, marks)
            .map((run) => run.text)
            .join(''),
        ).toBe(text);
      },
    ),
  );
});

test('the caret goes over a variable and not into it', () => {
  expect(snapSelection(greeting, { from: 5, to: 5 }, { from: 6, to: 6 })).toEqual({ from: 0, to: 0 });
  expect(snapSelection(greeting, { from: 1, to: 1 }, { from: 0, to: 0 })).toEqual({ from: 6, to: 6 });
  expect(snapSelection(greeting, { from: 7, to: 7 }, { from: 6, to: 6 })).toEqual({ from: 7, to: 7 });
});

test('Backspace behind a variable and Delete before it take all of it', () => {
  expect(variableToDelete(greeting, 6, 'back')).toEqual({ from: 0, to: 6 });
  expect(variableToDelete(greeting, 9, 'forward')).toEqual({ from: 9, to: 15 });
  expect(variableToDelete(greeting, 8, 'back')).toBeNull();
});

test('braces that name nothing are no variable, and such a name cannot be inserted', () => {
  expect(variableSpans('a{}b{\n}c')).toEqual([]);
  expect(variableNamed('生日')).toBe('{生日}');
  expect(variableNamed('')).toBeNull();
  expect(variableNamed('a}{b')).toBeNull();
  expect(variableNamed('一二三四五六七八九十一二三四五六七八九十一')).toBeNull();
});
