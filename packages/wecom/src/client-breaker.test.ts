import { setImmediate as turnOfEventLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WeComError } from './errors.ts';
import { connect, loopbackWeCom, type Answer, type Loopback } from './loopback-wecom.ts';
import { wecomPaths } from './wire-shapes.ts';

const users = { errcode: 0, follow_user: ['zhangsan'] };
const tags = { errcode: 0, tag_group: [] };

async function failure(call: Promise<unknown>): Promise<WeComError> {
  const error = await call.catch((reason: unknown) => reason);
  if (!(error instanceof WeComError)) throw new Error('it did not fail', { cause: error });
  return error;
}

/** A client whose pauses pass on its clock, and which already has a token. */
async function patient(loopback: Loopback, timeoutMs = 10_000) {
  const time = { now: new Date('2026-06-09T06:00:00Z').getTime() };
  const sleep = async (ms: number) => void (time.now += ms);
  const { wecom } = connect(loopback, { clock: { now: () => new Date(time.now) }, sleep, timeoutMs });
  await wecom.accessToken();
  return { wecom, time };
}

test.each<[string, Answer, number]>([
  ['cuts connections', 'cut', 10_000],
  ['answers with a web page', { raw: '<html>502</html>', status: 502 }, 10_000],
  ['stops half way', 'half', 600],
])(
  'T9: a WeCom that %s is left alone within five seconds, tried by one call at a time, and used again when it answers',
  async (_, bad, timeoutMs) => {
    let broken = false;
    await using loopback = await loopbackWeCom(({ path }) =>
      path === wecomPaths.getToken ? {} : broken ? bad : path === wecomPaths.corpTags ? tags : users,
    );
    const { wecom, time } = await patient(loopback, timeoutMs);
    broken = true;
    const brokenAt = time.now;
    let error = await failure(wecom.followUsers());
    while (error.retryAfterMs === null) {
      time.now += 300;
      error = await failure(wecom.followUsers());
    }
    expect(time.now - brokenAt).toBeLessThanOrEqual(5000);
    expect(error).toMatchObject({ kind: 'transient', errcode: null });

    const asked = loopback.asked.length;
    const others = await Promise.all(Array.from({ length: 20 }, () => failure(wecom.corpTags())));
    expect(loopback.asked.length).toBe(asked);
    for (const other of others) expect(other).toMatchObject({ kind: 'transient', retryAfterMs: expect.any(Number) });

    time.now += error.retryAfterMs;
    await Promise.all(Array.from({ length: 20 }, () => failure(wecom.followUsers())));
    expect(loopback.asked.length).toBe(asked + 1);

    broken = false;
    const again = await failure(wecom.followUsers());
    time.now += again.retryAfterMs ?? 0;
    expect(await wecom.followUsers()).toEqual(['zhangsan']);
    expect(await Promise.all(Array.from({ length: 20 }, () => wecom.corpTags()))).toHaveLength(20);
  },
);

test('T9: calls that hang open it before their own time limit is over', async () => {
  await using loopback = await loopbackWeCom(({ path }) => (path === wecomPaths.getToken ? {} : 'silence'));
  const { wecom, time } = await patient(loopback, 1500);
  const hanging = [failure(wecom.followUsers()), failure(wecom.corpTags())];
  for (let turns = 0; loopback.asked.length < 3; turns += 1) {
    if (turns > 200_000) throw new Error('the calls did not arrive');
    await turnOfEventLoop();
  }
  time.now += 4500;
  const error = await failure(wecom.customer('wm1'));
  expect(error).toMatchObject({ kind: 'transient', retryAfterMs: 1000 });
  expect(loopback.times(wecomPaths.customer)).toBe(0);
  for (const ended of await Promise.all(hanging)) expect(ended.kind).toBe('transient');
  expect(loopback.asked).toHaveLength(3);
});

test('T9: an API that is always busy is left alone by itself, the others go on', async () => {
  await using loopback = await loopbackWeCom(({ path }) =>
    path === wecomPaths.getToken ? {} : path === wecomPaths.corpTags ? { errcode: -1 } : users,
  );
  const { wecom } = await patient(loopback);
  expect(await failure(wecom.corpTags())).toMatchObject({ errcode: -1, retryAfterMs: null });
  expect(await failure(wecom.corpTags())).toMatchObject({ errcode: null, kind: 'transient', retryAfterMs: 3800 });
  expect(loopback.times(wecomPaths.corpTags)).toBe(5);
  for (let nth = 0; nth < 20; nth += 1) expect(await wecom.followUsers()).toEqual(['zhangsan']);
  expect(await failure(wecom.corpTags())).toMatchObject({ errcode: null, retryAfterMs: 3800 });
  expect(loopback.times(wecomPaths.corpTags)).toBe(5);
});

test('refusals of a rule are answers: they open nothing', async () => {
  await using loopback = await loopbackWeCom(({ path }) => (path === wecomPaths.getToken ? {} : { errcode: 84061, errmsg: 'no' }));
  const { wecom, time } = await patient(loopback);
  for (let nth = 0; nth < 30; nth += 1) {
    time.now += 500;
    expect(await failure(wecom.customer('wm1'))).toMatchObject({ kind: 'eventual', retryAfterMs: null });
  }
  expect(loopback.times(wecomPaths.customer)).toBe(30);
});
