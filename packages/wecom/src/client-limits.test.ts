import { setImmediate as turnOfEventLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { memoryCallLedger } from './call-ledger.ts';
import { WeComError } from './errors.ts';
import { connect, loopbackWeCom, ok, type Asked } from './loopback-wecom.ts';
import { wecomPaths } from './wire-shapes.ts';

const users = { errcode: 0, follow_user: ['zhangsan'] };
const customer = { errcode: 0, external_contact: { external_userid: 'wm1', name: '林小姐' }, follow_user: [] };
const start = new Date('2026-06-09T06:00:00Z').getTime();

/** A clock on which waiting is all that takes time: when everybody sleeps it moves to whoever wakes first. */
function sleepersTime() {
  const time = { now: start };
  const sleepers: { at: number; wake: () => void }[] = [];
  const sleep = (ms: number) => new Promise<void>((wake) => void sleepers.push({ at: time.now + ms, wake }));
  async function run(calls: readonly Promise<unknown>[]): Promise<PromiseSettledResult<unknown>[]> {
    let settled = 0;
    for (const call of calls) void Promise.allSettled([call]).then(() => (settled += 1));
    while (settled < calls.length) {
      for (let turns = 0; settled + sleepers.length < calls.length; turns += 1) {
        if (turns > 200_000) throw new Error(`${calls.length - settled - sleepers.length} calls neither sleep nor end`);
        await turnOfEventLoop();
      }
      const next = sleepers.sort((a, b) => a.at - b.at).shift();
      if (next) time.now = next.at;
      next?.wake();
    }
    return Promise.allSettled(calls);
  }
  return { time, clock: { now: () => new Date(time.now) }, sleep, run };
}

const tenAMinute = (api: string) => (api === wecomPaths.followUsers ? { perMinute: 10, perHour: 150_000 } : null);

test('fifty calls at once under a budget of ten a minute all go through, and no rolling minute holds more than ten', async () => {
  const { time, clock, sleep, run } = sleepersTime();
  const arrivals: number[] = [];
  await using loopback = await loopbackWeCom(({ path }) => {
    if (path === wecomPaths.getToken) return {};
    arrivals.push(time.now);
    return users;
  });
  const { wecom } = connect(loopback, { clock, sleep, budgetOf: tenAMinute, maxWaitMs: 600_000 });
  const outcomes = await run(Array.from({ length: 50 }, () => wecom.followUsers()));
  expect(outcomes.every(({ status }) => status === 'fulfilled')).toBe(true);
  expect(arrivals).toHaveLength(50);
  const busiest = Math.max(...arrivals.map((from) => arrivals.filter((at) => at >= from && at <= from + 60_000).length));
  expect(busiest).toBeLessThanOrEqual(10);
  expect(busiest).toBeGreaterThanOrEqual(9);
});

test('two processes with one ledger share the budget, and who would wait too long learns how long at once', async () => {
  await using loopback = await loopbackWeCom(({ path }) => (path === wecomPaths.getToken ? {} : users));
  const ledger = memoryCallLedger({ now: () => new Date(start) });
  const [one, other] = [0, 1].map(() => connect(loopback, { ledger, budgetOf: tenAMinute, maxWaitMs: 20_000 }).wecom);
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => [one?.followUsers(), other?.followUsers()]).flat());
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(loopback.times(wecomPaths.followUsers)).toBe(3);
  expect(refusals).toHaveLength(7);
  for (const refusal of refusals)
    expect(refusal).toMatchObject({ kind: 'rate', errcode: null, retryAfterMs: 20_200, api: wecomPaths.followUsers });
});

test('T8: after 45009 that API rests for its whole minute, for all processes, while the others go on', async () => {
  let full = true;
  const limited = (asked: Asked) =>
    asked.path !== wecomPaths.customer ? users : full ? { errcode: 45009, errmsg: 'api freq out of limit' } : customer;
  await using loopback = await loopbackWeCom((asked) => (asked.path === wecomPaths.getToken ? {} : limited(asked)));
  const time = { now: new Date(start) };
  const clock = { now: () => time.now };
  const ledger = memoryCallLedger(clock);
  const [one, other] = [connect(loopback, { clock, ledger }).wecom, connect(loopback, { clock, ledger }).wecom];
  await expect(one.customer('wm1')).rejects.toMatchObject({ kind: 'rate', errcode: 45009, retryAfterMs: 60_000 });
  full = false;
  for (const seconds of [0, 1, 30, 49]) {
    time.now = new Date(start + seconds * 1000);
    const refusal = { kind: 'rate', errcode: null, retryAfterMs: 60_000 - seconds * 1000 };
    for (const wecom of [one, other]) await expect(wecom.customer('wm1')).rejects.toMatchObject(refusal);
    expect(await one.followUsers()).toEqual(['zhangsan']);
  }
  expect(loopback.times(wecomPaths.customer)).toBe(1);
  expect(loopback.times(wecomPaths.followUsers)).toBe(4);
  time.now = new Date(start + 60_000);
  expect((await other.customer('wm1')).customer.name).toBe('林小姐');
});

test('T8: a call that may wait for a minute survives 45009, a send too, since WeCom has done nothing yet', async () => {
  await using loopback = await loopbackWeCom((asked, nth) =>
    asked.path === wecomPaths.getToken ? {} : nth === 1 ? { errcode: 45009 } : { ...ok, msgid: 'm1' },
  );
  const { time, clock, sleep, run } = sleepersTime();
  const { wecom } = connect(loopback, { clock, sleep, maxWaitMs: 90_000 });
  const [outcome] = await run([wecom.sendAppMessage({ to: 'everyone', message: { kind: 'text', content: '早' } })]);
  expect(outcome).toMatchObject({ status: 'fulfilled', value: { messageId: 'm1' } });
  expect(time.now - start).toBe(60_000);
});

test('who already waits for a slot when 45009 comes waits for the end of the block too', async () => {
  const { time, clock, sleep, run } = sleepersTime();
  const arrivals: number[] = [];
  await using loopback = await loopbackWeCom(({ path }) => {
    if (path === wecomPaths.getToken) return {};
    arrivals.push(time.now - start);
    return arrivals.length === 2 ? { errcode: 45009 } : users;
  });
  const { wecom } = connect(loopback, { clock, sleep, budgetOf: tenAMinute, maxWaitMs: 200_000 });
  await run(Array.from({ length: 6 }, () => wecom.followUsers()));
  expect(arrivals).toHaveLength(7);
  expect(arrivals.slice(2).every((at) => at >= (arrivals[1] ?? 0) + 60_000)).toBe(true);
});

test('an hourly quota of tickets is blocked for its hour', async () => {
  await using loopback = await loopbackWeCom(({ path }) => (path === wecomPaths.agentTicket ? { errcode: 45009 } : {}));
  const { wecom } = connect(loopback);
  await expect(wecom.jsTicket('agent')).rejects.toMatchObject({ kind: 'rate', errcode: 45009, retryAfterMs: 3_600_000 });
});

test('after 45033 fewer calls run at once and all of them succeed', async () => {
  let atOnce = 0;
  let refused = 0;
  await using loopback = await loopbackWeCom(async ({ path }) => {
    if (path === wecomPaths.getToken) return {};
    if (atOnce >= 4) {
      refused += 1;
      return { errcode: 45033, errmsg: 'reach max concurrency limit' };
    }
    atOnce += 1;
    for (let turns = 0; turns < 20; turns += 1) await turnOfEventLoop();
    atOnce -= 1;
    return users;
  });
  const time = { now: new Date(start) };
  const later = async (ms: number) => void (time.now = new Date(time.now.getTime() + ms));
  const { wecom } = connect(loopback, { clock: { now: () => time.now }, sleep: later });
  await wecom.accessToken();
  const answers = await Promise.all(Array.from({ length: 16 }, () => wecom.followUsers()));
  expect(answers).toHaveLength(16);
  const refusedAtFirst = refused;
  expect(refusedAtFirst).toBeGreaterThan(0);
  await Promise.all(Array.from({ length: 16 }, () => wecom.followUsers()));
  expect(refused - refusedAtFirst).toBeLessThan(refusedAtFirst);
});

test('45033 that does not end comes out as concurrency after three retries, for sends as well', async () => {
  await using loopback = await loopbackWeCom(({ path }) => (path === wecomPaths.getToken ? {} : { errcode: 45033, errmsg: 'no' }));
  const { wecom, slept } = connect(loopback);
  await expect(wecom.addCorpTag({ groupName: '肤质', tags: [{ name: '敏感肌' }] })).rejects.toMatchObject({
    kind: 'concurrency',
    errcode: 45033,
  });
  expect(loopback.times(wecomPaths.addCorpTag)).toBe(4);
  expect(slept).toEqual([200, 400, 800]);
});

test('no staff member is sent more than WeCom passes on: the next message waits, in capitals or not, and for that person only', async () => {
  await using loopback = await loopbackWeCom(({ path }) => (path === wecomPaths.getToken ? {} : { ...ok, msgid: 'm' }));
  const { wecom, slept } = connect(loopback, { maxWaitMs: 60_000 });
  const send = (...userIds: string[]) => wecom.sendAppMessage({ to: { userIds }, message: { kind: 'text', content: '早' } });
  for (const userId of ['LiSi', 'lisi', 'LISI']) await send(userId);
  await send('wangwu');
  expect(slept).toEqual([]);
  await send('zhaoliu', 'lisi');
  expect(slept).toEqual([expect.closeTo(2245, -1)]);
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => send('lisi')));
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(refused?.reason).toBeInstanceOf(WeComError);
  expect(refused?.reason).toMatchObject({ kind: 'rate', errcode: null });
  expect(loopback.times(wecomPaths.appMessage)).toBeLessThanOrEqual(35);
});

test('a caller on terms of its own waits longer, or is refused at once when its time is over, on the same limits', async () => {
  const { clock, sleep, run } = sleepersTime();
  await using loopback = await loopbackWeCom(({ path }) => (path === wecomPaths.getToken ? {} : users));
  const { wecom } = connect(loopback, { clock, sleep, budgetOf: tenAMinute, maxWaitMs: 0 });
  await wecom.followUsers();
  await expect(wecom.followUsers()).rejects.toMatchObject({ kind: 'rate', errcode: null });
  const [waited] = await run([wecom.onTerms({ maxWaitMs: 60_000 }).followUsers()]);
  expect(waited).toMatchObject({ status: 'fulfilled' });
  expect(loopback.times(wecomPaths.getToken)).toBe(1);

  const stopping = new AbortController();
  const stopped = wecom.onTerms({ maxWaitMs: 60_000, signal: stopping.signal }).followUsers();
  await turnOfEventLoop();
  stopping.abort();
  await expect(stopped).rejects.toMatchObject({ kind: 'transient', retryAfterMs: 0 });

  let mine = true;
  const leased = wecom.onTerms({ maxWaitMs: 60_000 }).onTerms({ mayBegin: () => mine });
  const calls = run([leased.followUsers()]);
  mine = false;
  const [late] = await calls;
  expect(late).toMatchObject({ status: 'rejected', reason: { kind: 'transient', retryAfterMs: 0 } });
  expect(loopback.times(wecomPaths.followUsers)).toBe(2);
});

test('T25: a process that was stopped while it waited takes another slot: the one it had may be made up for by others', async () => {
  await using loopback = await loopbackWeCom(({ path }) => (path === wecomPaths.getToken ? {} : users));
  let at = Date.parse('2026-06-09T06:00:00Z');
  let stoppedMs = 60_000;
  let taken = 0;
  const clock = { now: () => new Date(at) };
  const ledger = memoryCallLedger(clock);
  const { wecom } = connect(loopback, {
    clock,
    maxWaitMs: 60_000,
    budgetOf: (api) => (api === wecomPaths.followUsers ? { perMinute: 10, perHour: 1_000 } : null),
    sleep: async (ms) => {
      at += ms + stoppedMs;
      stoppedMs = 0;
    },
    ledger: {
      ...ledger,
      take(request) {
        if (request.key === wecomPaths.followUsers) taken += 1;
        return ledger.take(request);
      },
    },
  });
  await wecom.followUsers();
  expect(taken).toBe(1);
  await wecom.followUsers();
  expect(taken).toBe(3);
});
