import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffText } from './text-diff.ts';

const read = (before: string, after: string) =>
  diffText(before, after).map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}]` : `[+${text}]`));

test('a word that was replaced is crossed out whole, with what took its place behind it', () => {
  expect(read('您的精华用了一周啦', '{上次购买}用了一周啦')).toEqual(['[-您的精华]', '[+{上次购买}]', '用了一周啦']);
});

test('a variable is one word: a changed variable is never half kept', () => {
  expect(read('{客户称呼}，您好', '{客户昵称}，您好')).toEqual(['[-{客户称呼}]', '[+{客户昵称}]', '，您好']);
});

test('a lone comma between two changes is part of the change', () => {
  expect(read('早上好，天气冷', '晚安，记得保湿')).toEqual(['[-早上好，天气冷]', '[+晚安，记得保湿]']);
});

test('equal texts are one stretch, and nothing compared with nothing is nothing', () => {
  expect(diffText('一样的', '一样的')).toEqual([{ kind: 'same', text: '一样的' }]);
  expect(diffText('', '')).toEqual([]);
});

test('without what was added it is the old text, without what was removed the new one', () => {
  const sentence = fc
    .array(fc.constantFrom('您好', '，', '精华', '{门店}', 'SPF50', '\n', '💧', '用', '了'))
    .map((words) => words.join(''));
  fc.assert(
    fc.property(sentence, sentence, (before, after) => {
      const runs = diffText(before, after);
      const without = (kind: string) =>
        runs
          .filter((run) => run.kind !== kind)
          .map((run) => run.text)
          .join('');
      expect(without('added')).toBe(before);
      expect(without('removed')).toBe(after);
    }),
  );
});

test('two texts of 4,000 characters are compared without a pause that anybody feels', () => {
  const before = '早晚各一次，先用在脸颊。'.repeat(330);
  const started = performance.now();
  diffText(before, `先说结论。${before.replaceAll('脸颊', '额头')}`);
  expect(performance.now() - started).toBeLessThan(3_000);
});
