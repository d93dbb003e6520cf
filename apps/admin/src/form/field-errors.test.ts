import { expect, test } from 'vitest';
import { ApiFailure } from '../api-failure.ts';
import { useFieldErrors } from './field-errors.ts';

const invalid = (...issues: { path: string; message: string }[]) =>
  new ApiFailure(400, 'request.invalid', '填的内容有问题，没有保存。', { issues });

test('a sentence stands beside its field, and what belongs to no field is said above the buttons', () => {
  const errors = useFieldErrors();
  errors.of('title');
  errors.take(invalid({ path: 'body.title', message: '标题最多 100 个字。' }, { path: 'body.extra', message: '没有这一项。' }));
  expect([errors.of('title'), errors.of('name'), errors.rest.value]).toEqual(['标题最多 100 个字。', null, '没有这一项。']);
});

test('a refusal without fields is said as one sentence, and is gone after the next try', () => {
  const errors = useFieldErrors();
  errors.take(new ApiFailure(503, 'wecom.unavailable', '企业微信现在连不上，过一会儿再试。'));
  expect(errors.rest.value).toBe('企业微信现在连不上，过一会儿再试。');
  errors.clear();
  expect(errors.rest.value).toBeNull();
});

test('an error that is no refusal is not swallowed', () => {
  expect(() => useFieldErrors().take(new TypeError('a mistake of ours'))).toThrow(TypeError);
});
