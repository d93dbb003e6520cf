import { expect, test } from 'vitest';
import { tagSteps, tagStepsBack } from './decide-bulk.ts';

const tag = (tagId: string, groupId: string, singleChoice = false) => [tagId, { tagId, name: tagId, groupId, singleChoice }] as const;
const tags = new Map([tag('dry', 'skin', true), tag('oily', 'skin', true), tag('vip', 'level'), tag('618', 'events')]);
const change = (add: string[], remove: string[] = []) => ({ kind: 'tags' as const, add, remove });

test('a relation that has the tag already is left alone', () => {
  const follows = [
    { staffUserId: 'zhou', tagIds: ['vip'] },
    { staffUserId: 'qian', tagIds: [] },
  ];
  expect(tagSteps(follows, change(['vip']), tags)).toEqual([{ staffUserId: 'qian', tagIds: ['vip'], added: ['vip'], removed: [] }]);
});

test('in a group of which there can be one, taking it back brings the other one back', () => {
  const [step] = tagSteps([{ staffUserId: 'zhou', tagIds: ['dry'] }], change(['oily']), tags);
  expect(step).toMatchObject({ tagIds: ['oily'], added: ['oily'], removed: ['dry'] });
  const effect = { kind: 'tags' as const, follows: [{ staffUserId: 'zhou', added: ['oily'], removed: ['dry'] }] };
  expect(tagStepsBack([{ staffUserId: 'zhou', tagIds: ['oily'] }], effect, tags)[0]?.tagIds).toEqual(['dry']);
});

test('what somebody has changed since stays as they left it', () => {
  const effect = { kind: 'tags' as const, follows: [{ staffUserId: 'zhou', added: ['vip'], removed: ['618'] }] };
  expect(tagStepsBack([{ staffUserId: 'zhou', tagIds: ['618'] }], effect, tags)).toEqual([]);
  expect(tagStepsBack([], effect, tags)).toEqual([]);
});
