import { expect, test } from 'vitest';
import { classify, WeComError, type WeComErrorKind } from './errors.ts';

const table: [WeComErrorKind, number[]][] = [
  ['transient', [-1, 6000]],
  ['token', [42001, 40014]],
  ['rate', [45009]],
  ['concurrency', [45033]],
  ['later', [41063, 41079, 41096, 301058]],
  ['eventual', [84061]],
  ['config', [60020, 40001, 40013, 48002, 60011, 50001, 80001, 301002, 701008]],
  ['caller', [40058, 40035, 40096, 40068, 40029, 42003, 42022, 40093, 42012, 40007]],
  ['business', [41048, 41050, 41051, 41053, 40126, 41045, 40128]],
  ['unknown', [99999, 81013, 1, Number.NaN]],
];

for (const [kind, codes] of table) {
  test(`${codes.join(', ')}: ${kind}`, () => {
    for (const code of codes) expect(classify(code)).toBe(kind);
  });
}

test('no usable answer is transient, whatever the reason', () => {
  for (const failure of ['network', 'timeout', 'not_json', { status: 502 }, { status: 404 }] as const) {
    expect(classify(failure)).toBe('transient');
  }
});

test('an error says which call failed and how', () => {
  const error = new WeComError({ errcode: 40068, errmsg: 'invalid tagid', api: '/cgi-bin/externalcontact/mark_tag', kind: 'caller' });
  expect(error.message).toBe('/cgi-bin/externalcontact/mark_tag: 40068 invalid tagid');
  expect(error).toBeInstanceOf(Error);
});

test('an error says when WeCom was not asked and when it pays to ask', () => {
  const error = new WeComError({ errcode: null, errmsg: 'WeCom has not been answering', api: '/x', kind: 'transient', retryAfterMs: 900 });
  expect(error.message).toBe('/x: not asked WeCom has not been answering');
  expect(error.retryAfterMs).toBe(900);
  expect(new WeComError({ errcode: -1, errmsg: 'busy', api: '/x', kind: 'transient' }).retryAfterMs).toBeNull();
});
