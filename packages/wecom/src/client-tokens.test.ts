import { expect, test } from 'vitest';
import { connect, loopbackWeCom, type Asked } from './loopback-wecom.ts';
import { memorySecretStore } from './secret-store.ts';
import { wecomPaths } from './wire-shapes.ts';

const expired = { errcode: 42001, errmsg: 'access_token expired, hint: [1], from ip: 127.0.0.1' };
const users = { errcode: 0, follow_user: ['zhangsan'] };
/** Only this token is accepted. */
const accepting = (token: string) => (asked: Asked) =>
  asked.path === wecomPaths.getToken ? {} : asked.query['access_token'] === token ? users : expired;

test('fifty calls with a dead token bring one new token and all succeed', async () => {
  await using loopback = await loopbackWeCom(accepting('token-1'));
  const { wecom, store, time } = connect(loopback);
  await store.put('access_token', { value: 'dead', expiresAt: new Date(time.now.getTime() + 3_600_000) });
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

test('a token that cannot be had fails every waiting call, and the next call tries afresh', async () => {
  let secretIsRight = false;
  await using loopback = await loopbackWeCom((asked) =>
    asked.path !== wecomPaths.getToken ? users : secretIsRight ? {} : { errcode: 40001, errmsg: 'invalid credential' },
  );
  const { wecom } = connect(loopback);
  const outcomes = await Promise.allSettled([wecom.followUsers(), wecom.followUsers()]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  await expect(wecom.accessToken()).rejects.toMatchObject({ kind: 'config', api: wecomPaths.getToken });
  expect(loopback.times(wecomPaths.getToken)).toBe(2);
  secretIsRight = true;
  expect(await wecom.followUsers()).toEqual(['zhangsan']);
});

test('a token answer without a token is no token', async () => {
  await using loopback = await loopbackWeCom(() => ({ errcode: 0, errmsg: 'ok' }));
  const { wecom } = connect(loopback);
  await expect(wecom.accessToken()).rejects.toMatchObject({ kind: 'transient', errcode: null });
});
