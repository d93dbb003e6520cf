import { expect, test } from 'vitest';
import type { CallObservation } from './call-wecom.ts';
import { WeComError } from './errors.ts';
import { connect, loopbackWeCom, testSecret, type Answer } from './loopback-wecom.ts';
import { wecomPaths } from './wire-shapes.ts';

const users = { errcode: 0, follow_user: ['zhangsan'] };
/** Every call but the token's gets these answers in turn, the last one for ever. */
const inTurn =
  (...answers: Answer[]) =>
  (asked: { path: string }, nth: number): Answer =>
    asked.path === wecomPaths.getToken ? {} : (answers[Math.min(nth, answers.length) - 1] ?? {});

const failures: [string, Answer][] = [
  ['-1', { errcode: -1, errmsg: 'system busy' }],
  ['6000', { errcode: 6000, errmsg: 'version clash' }],
  ['an HTML page', { raw: '<html>502 Bad Gateway</html>', contentType: 'text/html' }],
  ['HTTP 502', { raw: '<html></html>', status: 502, contentType: 'text/html' }],
  ['HTTP 500 with JSON', { raw: '{"errcode":0}', status: 500 }],
  ['HTTP 404', { raw: '{"message":"no route"}', status: 404 }],
  ["a gateway's own JSON", { raw: '{"code":0,"message":"maintenance"}' }],
  ["a gateway's own errcode, in words", { raw: '{"errcode":"E_BLOCKED","follow_user":[]}' }],
  ['an empty object', {}],
  ['an empty body', { raw: '' }],
  ['a list', { raw: '[]' }],
  ['half an answer cut off', { raw: '{"errcode":0,"follow_user":["zh' }],
  ['a cut connection', 'cut'],
  ['a redirect', { raw: '', status: 302 }],
];

test.each(failures)('%s passes: the read is repeated with growing pauses until it succeeds', async (_, failure) => {
  await using loopback = await loopbackWeCom(inTurn(failure, failure, failure, users));
  const { wecom, slept } = connect(loopback);
  expect(await wecom.followUsers()).toEqual(['zhangsan']);
  expect(slept).toEqual([200, 400, 800]);
});

test.each(failures)('%s does not pass: after three retries the error is transient', async (_, failure) => {
  await using loopback = await loopbackWeCom(inTurn(failure));
  const { wecom } = connect(loopback);
  await expect(wecom.followUsers()).rejects.toMatchObject({ name: 'WeComError', kind: 'transient', api: wecomPaths.followUsers });
  expect(loopback.times(wecomPaths.followUsers)).toBe(4);
});

test.each<[string, Answer]>([
  ['silence', 'silence'],
  ['an answer that stops half way', 'half'],
])('%s ends at the time limit', async (_, failure) => {
  await using loopback = await loopbackWeCom(inTurn(failure));
  const { wecom } = connect(loopback, { timeoutMs: 150 });
  await expect(wecom.accessToken()).resolves.toBe('token-1');
  await expect(wecom.followUsers()).rejects.toMatchObject({ kind: 'transient', errcode: null, errmsg: 'no answer in 150 ms' });
  expect(loopback.times(wecomPaths.followUsers)).toBe(4);
});

test('an upload has as long as a slow line needs for it', async () => {
  await using loopback = await loopbackWeCom(inTurn('silence'));
  const { wecom } = connect(loopback, { timeoutMs: 50 });
  const file = { kind: 'file' as const, fileName: 'a.pdf', contentType: 'application/pdf', bytes: new Uint8Array(5_000) };
  await expect(wecom.uploadMedia(file)).rejects.toMatchObject({ kind: 'transient', errmsg: 'no answer in 100 ms' });
});

test('an answer without errcode that holds what was asked for is WeCom saying yes', async () => {
  await using loopback = await loopbackWeCom(inTurn({ follow_user: [] }));
  const { wecom, slept } = connect(loopback);
  expect(await wecom.followUsers()).toEqual([]);
  expect(slept).toEqual([]);
});

test('a write that a gateway answered with JSON of its own may have been done: it is not called done, and not done again', async () => {
  await using loopback = await loopbackWeCom(inTurn({ raw: '{"status":"ok"}' }));
  const { wecom } = connect(loopback);
  const marks = { staffUserId: 'zhangsan', externalUserId: 'wm1', add: ['et1'], remove: [] };
  await expect(wecom.markTags(marks)).rejects.toMatchObject({ kind: 'transient', errcode: null, retryAfterMs: null });
  expect(loopback.times(wecomPaths.markTags)).toBe(1);
});

test('nobody listening is transient', async () => {
  const loopback = await loopbackWeCom(() => ({}));
  await loopback.close();
  const { wecom, slept } = connect(loopback);
  await expect(wecom.accessToken()).rejects.toMatchObject({ kind: 'transient', errcode: null });
  expect(slept).toHaveLength(3);
});

test('retries spread by chance between half and one and a half times the pause', async () => {
  await using loopback = await loopbackWeCom(inTurn({ errcode: -1 }));
  const early = connect(loopback, { random: () => 0 });
  await expect(early.wecom.followUsers()).rejects.toBeInstanceOf(WeComError);
  const late = connect(loopback, { random: () => 0.999 });
  await expect(late.wecom.followUsers()).rejects.toBeInstanceOf(WeComError);
  expect(early.slept).toEqual([100, 200, 400]);
  expect(late.slept).toEqual([300, 600, 1199]);
});

test('T11: uploads, which harm nobody, are repeated; no other write is, since its outcome is unknown', async () => {
  await using loopback = await loopbackWeCom(inTurn({ errcode: -1 }));
  const { wecom } = connect(loopback);
  const whom = { staffUserId: 'z', externalUserId: 'wm1' };
  const calls: [string, number, Promise<unknown>][] = [
    [wecomPaths.markTags, 1, wecom.markTags({ ...whom, add: ['et1'], remove: [] })],
    [wecomPaths.remark, 1, wecom.setRemark({ ...whom, remark: '林小姐' })],
    [
      wecomPaths.uploadMedia,
      4,
      wecom.uploadMedia({ kind: 'image', fileName: 'a.png', bytes: new Uint8Array(9), contentType: 'image/png' }),
    ],
    [wecomPaths.appMessage, 1, wecom.sendAppMessage({ to: 'everyone', message: { kind: 'text', content: '早' } })],
    [wecomPaths.welcome, 1, wecom.sendWelcome({ welcomeCode: 'w', text: '你好' })],
    [wecomPaths.addCorpTag, 1, wecom.addCorpTag({ groupName: '肤质', tags: [{ name: '敏感肌' }] })],
    [wecomPaths.editCorpTag, 1, wecom.editCorpTag({ id: 'et1', name: '干皮' })],
    [wecomPaths.deleteCorpTags, 1, wecom.deleteCorpTags({ tagIds: ['et1'] })],
  ];
  await Promise.allSettled(calls.map(([, , call]) => call));
  expect(calls.map(([path]) => [path, loopback.times(path)])).toEqual(calls.map(([path, times]) => [path, times]));
});

test.each([
  [45009, 'rate'],
  [84061, 'eventual'],
  [60020, 'config'],
  [40068, 'caller'],
  [41050, 'business'],
  [12345, 'unknown'],
])('%i is not retried here and comes out as %s', async (errcode, kind) => {
  await using loopback = await loopbackWeCom(inTurn({ errcode, errmsg: 'no' }));
  const { wecom } = connect(loopback);
  await expect(wecom.customer('wm1')).rejects.toMatchObject({ errcode, kind, errmsg: 'no', api: wecomPaths.customer });
  expect(loopback.times(wecomPaths.customer)).toBe(1);
});

test('every try is observed, with its number and its outcome, and nothing secret', async () => {
  const answers: Answer[] = [{ errcode: -1 }, { raw: 'x' }, { errcode: 42001 }, users];
  await using loopback = await loopbackWeCom(inTurn(...answers));
  const seen: CallObservation[] = [];
  const { wecom } = connect(loopback, { onCall: (observation) => seen.push(observation) });
  await wecom.followUsers();
  const api = wecomPaths.followUsers;
  const token = { api: wecomPaths.getToken, errcode: 0, attempt: 1 };
  expect(seen.map(({ api, errcode, attempt }) => ({ api, errcode, attempt }))).toEqual([
    token,
    { api, errcode: -1, attempt: 1 },
    { api, errcode: null, attempt: 2 },
    { api, errcode: 42001, attempt: 3 },
    token,
    { api, errcode: 0, attempt: 4 },
  ]);
  expect(seen.every(({ ms }) => ms >= 0 && ms < 60_000)).toBe(true);
  expect(JSON.stringify(seen)).not.toMatch(/token-\d|corp-secret/);
});

test('no error shows the token, the secret or a ticket, wherever WeCom or the network repeats them', async () => {
  const chatty = {
    errcode: 48002,
    errmsg: `no; you sent access_token=token-1&x corpsecret=${testSecret} {"access_token":"token-1"} ${testSecret}`,
  };
  await using loopback = await loopbackWeCom(inTurn(chatty));
  const { wecom } = connect(loopback);
  const refused = await wecom.followUsers().catch((error: unknown) => error);
  const broken = connect(loopback, {
    fetch: async (url) => {
      throw new TypeError(`fetch failed for ${String(url)}`, { cause: new Error(`cannot reach ${String(url)}`) });
    },
  });
  const unreachable = await broken.wecom.accessToken().catch((error: unknown) => error);
  for (const error of [refused, unreachable]) {
    expect(error).toBeInstanceOf(WeComError);
    const shown = error instanceof WeComError ? [error.message, error.stack, JSON.stringify(error), String(error.cause)].join(' ') : '';
    expect(shown).toContain('***');
    expect(shown).not.toMatch(/token-1|corp-secret/);
  }
});
