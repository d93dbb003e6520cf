import { expect, test } from 'vitest';
import { parseAnswer } from './parse-answer.ts';

test('whole numbers beyond 2^53 keep their digits', () => {
  expect(parseAnswer('{"id":4561255354251345929,"small":7,"text":"4561255354251345929","list":[-9007199254740993],"float":1e30}')).toEqual({
    id: '4561255354251345929',
    small: 7,
    text: '4561255354251345929',
    list: ['-9007199254740993'],
    float: 1e30,
  });
});

test('a raw control character in a nickname does not spoil the page', () => {
  expect(parseAnswer('{"name":"林\u0001小\n姐","id":"wm1"}')).toEqual({ name: '林 小 姐', id: 'wm1' });
});

test.each(['', 'ok', 'null', '[]', '"x"', '1', '{"a":', '<html></html>'])('%j is not an answer', (body) => {
  expect(parseAnswer(body)).toBeNull();
});

test('a hostile name is only a name', () => {
  const answer = parseAnswer('{"__proto__":{"errcode":1},"errcode":0}');
  expect(answer?.['errcode']).toBe(0);
  expect(Object.getPrototypeOf({})).not.toHaveProperty('errcode');
});
