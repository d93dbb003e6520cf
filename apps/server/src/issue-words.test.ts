import { expect, test } from 'vitest';
import { z } from 'zod';
import { issueInWords } from './issue-words.ts';

const form = z.object({
  title: z.string().min(1).max(3),
  tags: z.array(z.string()).max(1),
  age: z.number().min(18),
  kind: z.enum(['a', 'b']),
  day: z.iso.date(),
  name: z.string().refine((text) => text !== ' ', { message: '名字不能空着。', params: { en: 'The name cannot be empty.' } }),
});
const good = { title: 'abc', tags: [], age: 20, kind: 'a', day: '2026-06-09', name: 'x' };
const said = (wrong: object) => {
  const [issue] = form.safeParse({ ...good, ...wrong }).error?.issues ?? [];
  return issue ? Object.values(issueInWords(issue)) : null;
};

test('what is wrong with a field is said for who filled it in, in both languages', () => {
  expect(said({ title: 'abcd' })).toEqual(['太长了，最多 3 个字。', 'Too long: at most 3 characters.']);
  expect(said({ title: '' })).toEqual(['不能空着。', 'This cannot be empty.']);
  expect(said({ title: undefined })).toEqual(['没有填，或者不是这样填的。', 'Missing, or not of this kind.']);
  expect(said({ tags: ['a', 'b'] })).toEqual(['太多了，最多 1 个。', 'Too many: at most 1.']);
  expect(said({ age: 3 })).toEqual(['太小了，最小 18。', 'Too small: at least 18.']);
  expect(said({ kind: 'c' })).toEqual(['不在能选的里面。', 'This is not one of the choices.']);
  expect(said({ day: 'today' })).toEqual(['格式不对。', 'This is not written in the right form.']);
  expect(said({ name: ' ' })).toEqual(['名字不能空着。', 'The name cannot be empty.']);
});
