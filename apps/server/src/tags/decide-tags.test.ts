import { expect, test } from 'vitest';
import { decideTags, wholeChoice } from './decide-tags.ts';

const tags = new Map(
  [
    { tagId: 'dry', name: '干皮', groupId: 'skin', singleChoice: true },
    { tagId: 'oily', name: '油皮', groupId: 'skin', singleChoice: true },
    { tagId: 'vip', name: '会员日', groupId: 'event', singleChoice: false },
    { tagId: '618', name: '618', groupId: 'event', singleChoice: false },
  ].map((tag) => [tag.tagId, tag]),
);

test('a new tag goes last and the others keep their order', () => {
  expect(decideTags(['vip', 'dry'], { add: ['618'], remove: [] }, tags)).toEqual({
    tagIds: ['vip', 'dry', '618'],
    added: ['618'],
    removed: [],
  });
});

test('choosing in a single-choice group drops the other, and WeCom must be told of both', () => {
  expect(decideTags(['dry', 'vip'], { add: ['oily'], remove: [] }, tags)).toEqual({
    tagIds: ['vip', 'oily'],
    added: ['oily'],
    removed: ['dry'],
  });
});

test('of two chosen at once in a single-choice group the last one stays', () => {
  expect(decideTags([], { add: ['dry', 'oily'], remove: [] }, tags).tagIds).toEqual(['oily']);
});

test('adding what is there and removing what is not changes nothing', () => {
  expect(decideTags(['vip'], { add: ['vip'], remove: ['618'] }, tags)).toEqual({ tagIds: ['vip'], added: [], removed: [] });
});

const subsets = (ids: readonly string[]): string[][] =>
  ids.reduce<string[][]>((all, id) => all.flatMap((one) => [one, [...one, id]]), [[]]);

test('a choice with all that it means says of whomever whether it changes anything, as the decision does', () => {
  const every = [...tags.keys()];
  for (const current of subsets(every))
    for (const chosen of subsets(every))
      for (const add of [chosen, chosen.toReversed()])
        for (const remove of subsets(every.filter((id) => !add.includes(id)))) {
          const { added, removed } = decideTags(current, { add, remove }, tags);
          const whole = wholeChoice({ add, remove }, tags);
          const differs = whole.add.some((id) => !current.includes(id)) || whole.remove.some((id) => current.includes(id));
          expect({ current, add, remove, differs }).toEqual({ current, add, remove, differs: added.length + removed.length > 0 });
        }
});
