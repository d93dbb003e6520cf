import { expect, test } from 'vitest';
import type { WeComError } from './errors.ts';
import { connect, loopbackWeCom, testSecret, type Asked } from './loopback-wecom.ts';
import { memorySecretStore } from './secret-store.ts';
import { wecomPaths } from './wire-shapes.ts';

const expired = { errcode: 42001, errmsg: 'access_token expired, hint: [1], from ip: 127.0.0.1' };
const users = { errcode: 0, follow_user: ['zhangsan'] };
/** Only this token is accepted. */
const accepting = (token: string) => (asked: Asked) =>
  asked.path === wecomPaths.getToken ? {} : asked.query['access_token'] === token ? users : expired;

test('T10: fifty calls with a dead token bring one new token and all succeed', async () => {
  await using loopback = await loopbackWeCom(accepting('token-1'));
  const { wecom, put, time } = connect(loopback);
  await put('access_token', { value: 'dead', expiresAt: new Date(time.now.getTime() + 3_600_000) });
  const answers = await Promise.all(Array.from({ length: 50 }, () => wecom.followUsers()));
  expect(answers).toEqual(Array.from({ length: 50 }, () => ['zhangsan']));
  expect(loopback.times(wecomPaths.getToken)).toBe(1);
  expect(loopback.times(wecomPaths.followUsers)).toBe(100);
});

test('fifty first calls ask for one token', async () => {
  await using loopback = await loopbackWeCom(accepting('token-1'));
  const { wecom } = connect(loopback);
  await Promise.all(Array.from({ length: 50 }, () => wecom.followUsers()));
  expect(loopback.times(wecomPaths.getToken)).toBe(1);
  expect(loopback.asked[0]?.query).toEqual({ corpid: 'wwCORP', corpsecret: 'the-corp-secret' });
});

test('a token that is said to live for no time is used until WeCom refuses it, not asked for with each call', async () => {
  await using loopback = await loopbackWeCom((asked) =>
    asked.path === wecomPaths.getToken ? { errcode: 0, access_token: 'short', expires_in: 0 } : users,
  );
  const { wecom } = connect(loopback);
  for (let n = 0; n < 3; n += 1) expect(await wecom.followUsers()).toEqual(['zhangsan']);
  expect(loopback.times(wecomPaths.getToken)).toBe(1);
});

test('two processes with one store share the token, and a refresh of one serves the other', async () => {
  await using loopback = await loopbackWeCom(accepting('token-2'));
  const secrets = memorySecretStore();
  const [one, other] = [connect(loopback, { secrets }), connect(loopback, { secrets })];
  await Promise.all([one.wecom.accessToken(), other.wecom.accessToken()]);
  expect(loopback.times(wecomPaths.getToken)).toBe(1);
  await Promise.all([one.wecom.followUsers(), other.wecom.followUsers()]);
  expect(loopback.times(wecomPaths.getToken)).toBe(2);
});

test('a call is replayed once: a token that is refused again ends in an error of kind token', async () => {
  await using loopback = await loopbackWeCom(accepting('none'));
  const { wecom, slept } = connect(loopback);
  await expect(wecom.followUsers()).rejects.toMatchObject({ name: 'WeComError', errcode: 42001, kind: 'token' });
  expect(loopback.times(wecomPaths.followUsers)).toBe(2);
  expect(loopback.times(wecomPaths.getToken)).toBe(2);
  expect(slept).toEqual([]);
});

test('40014 is treated alike, and a send is replayed too, since WeCom has done nothing yet', async () => {
  await using loopback = await loopbackWeCom((asked) =>
    asked.path === wecomPaths.getToken ? {} : asked.query['access_token'] === 'token-2' ? { errcode: 0, msgid: 'm1' } : { errcode: 40014 },
  );
  const { wecom } = connect(loopback);
  const sent = await wecom.sendAppMessage({ to: 'everyone', message: { kind: 'text', content: '早' } });
  expect(sent.messageId).toBe('m1');
  expect(loopback.times(wecomPaths.appMessage)).toBe(2);
});

test('the token is kept until shortly before it expires, then renewed ahead of the calls', async () => {
  await using loopback = await loopbackWeCom(() => ({}));
  const { wecom, time } = connect(loopback);
  const start = time.now.getTime();
  expect(await wecom.accessToken()).toBe('token-1');
  time.now = new Date(start + 7_139_000);
  expect(await wecom.accessToken()).toBe('token-1');
  time.now = new Date(start + 7_141_000);
  expect(await wecom.accessToken()).toBe('token-2');
});

test('a renewal that brings the same value again is not repeated before it expires', async () => {
  const same = { errcode: 0, access_token: 'same', expires_in: 60 };
  await using loopback = await loopbackWeCom(() => same);
  const { wecom, time } = connect(loopback);
  const start = time.now.getTime();
  for (const seconds of [0, 55, 56, 57, 58, 59, 100]) {
    time.now = new Date(start + seconds * 1000);
    expect(await wecom.accessToken()).toBe('same');
  }
  expect(loopback.times(wecomPaths.getToken)).toBe(2);
});

test('the two tickets come from their own addresses, once each for their lifetime', async () => {
  await using loopback = await loopbackWeCom((asked) =>
    asked.path === wecomPaths.getToken ? {} : { errcode: 0, ticket: `of ${asked.path} ${asked.query['type']}`, expires_in: 7200 },
  );
  const { wecom } = connect(loopback);
  const wanted = ['corp', 'agent', 'corp', 'agent'] as const;
  const tickets = await Promise.all(wanted.map((of) => wecom.jsTicket(of)));
  expect(tickets.slice(0, 2)).toEqual(['of /cgi-bin/get_jsapi_ticket undefined', 'of /cgi-bin/ticket/get agent_config']);
  expect(tickets.slice(2)).toEqual(tickets.slice(0, 2));
  expect(loopback.asked.map((one) => one.path).sort()).toEqual([wecomPaths.corpTicket, wecomPaths.getToken, wecomPaths.agentTicket]);
});

const wrongSecret = { errcode: 40001, errmsg: 'invalid credential' };
const minute = 60_000;

test('a wrong secret is asked for once, however many calls and processes there are, and again after 1/2, 1, 2, 4 … minutes, at last once an hour', async () => {
  await using loopback = await loopbackWeCom((asked) => (asked.path === wecomPaths.getToken ? wrongSecret : users));
  const secrets = memorySecretStore();
  const time = { now: new Date('2026-06-09T06:00:00Z').getTime() };
  const clock = { now: () => new Date(time.now) };
  const notAsked: string[] = [];
  const onNotAsked = (error: WeComError) => notAsked.push(error.message);
  const clients = [0, 1].map(() => connect(loopback, { secrets, clock, onNotAsked }).wecom);
  const asks: number[] = [];
  for (let passed = 0; passed < 400; passed += 1) {
    const before = loopback.times(wecomPaths.getToken);
    const outcomes = await Promise.allSettled(clients.flatMap((wecom) => [wecom.followUsers(), wecom.jsTicket('agent')]));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { errcode: 40001, kind: 'config', api: wecomPaths.getToken } });
    if (loopback.times(wecomPaths.getToken) > before) asks.push(passed);
    expect(loopback.times(wecomPaths.getToken)).toBe(asks.length);
    time.now += minute / 2;
  }
  expect(asks).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 247, 367]);
  expect(notAsked.length).toBeGreaterThan(300);
  expect(notAsked.join(' ')).not.toContain(testSecret);
});

test('a secret that WeCom takes after all ends the pause for everybody', async () => {
  let right = false;
  await using loopback = await loopbackWeCom((asked) => (asked.path === wecomPaths.getToken ? (right ? {} : wrongSecret) : users));
  const { wecom, time, store } = connect(loopback);
  await expect(wecom.followUsers()).rejects.toMatchObject({ kind: 'config', retryAfterMs: minute / 2 });
  right = true;
  time.now = new Date(time.now.getTime() + minute / 2);
  expect(await wecom.followUsers()).toEqual(['zhangsan']);
  expect(await store.refusal()).toBeNull();
});

test('what passes by itself is no wrong secret: the next call asks again', async () => {
  let broken = true;
  await using loopback = await loopbackWeCom((asked) => (asked.path === wecomPaths.getToken ? (broken ? { errcode: -1 } : {}) : users));
  const { wecom, store } = connect(loopback);
  await expect(wecom.followUsers()).rejects.toMatchObject({ kind: 'transient' });
  expect(await store.refusal()).toBeNull();
  broken = false;
  expect(await wecom.followUsers()).toEqual(['zhangsan']);
});

test('an address that was banned for a wrong secret asks nothing for an hour', async () => {
  await using loopback = await loopbackWeCom((asked) => (asked.path === wecomPaths.getToken ? { errcode: 45009 } : users));
  const { wecom } = connect(loopback);
  await expect(wecom.followUsers()).rejects.toMatchObject({ kind: 'rate', errcode: 45009, retryAfterMs: 60 * minute });
  await expect(wecom.followUsers()).rejects.toMatchObject({ kind: 'rate', errcode: null });
  expect(loopback.times(wecomPaths.getToken)).toBe(1);
});

test('a token answer without a token is no token', async () => {
  await using loopback = await loopbackWeCom(() => ({ errcode: 0, errmsg: 'ok' }));
  const { wecom } = connect(loopback);
  await expect(wecom.accessToken()).rejects.toMatchObject({ kind: 'transient', errcode: null });
});
