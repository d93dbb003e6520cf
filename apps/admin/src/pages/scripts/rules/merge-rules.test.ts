import { expect, test } from 'vitest';
import { mergeRules } from './merge-rules.ts';

const word = (text: string, replaceWith: string | null = null) => ({ word: text, why: '', replaceWith });
const rules = (forbiddenWords: ReturnType<typeof word>[], fourEyes = true) => ({ fourEyes, forbiddenWords });
const base = rules([word('最'), word('第一'), word('根治')]);

test('what two have added, changed and taken away is all there', () => {
  const mine = rules([word('家人们'), word('最', '很'), word('第一')]);
  const theirs = rules([word('宝宝们'), word('最'), word('根治')], false);
  expect(mergeRules(base, mine, theirs)).toEqual(rules([word('家人们'), word('宝宝们'), word('最', '很')], false));
});

test('of one word that both have touched, what was written here stands', () => {
  const mine = rules([word('最', '很'), word('第一'), word('根治')]);
  expect(mergeRules(base, mine, rules([word('最', '挺'), word('第一'), word('根治')]))).toEqual(mine);
  // Taken away there and changed here: it was wanted here a moment ago.
  expect(mergeRules(base, mine, rules([word('第一'), word('根治')])).forbiddenWords).toContainEqual(word('最', '很'));
  const added = rules([word('家人们', '大家'), ...base.forbiddenWords]);
  expect(mergeRules(base, added, rules([word('家人们'), ...base.forbiddenWords]))).toEqual(added);
});

test('who has changed nothing gets what the other has saved', () => {
  const theirs = rules([word('最')], false);
  expect(mergeRules(base, base, theirs)).toEqual(theirs);
});
