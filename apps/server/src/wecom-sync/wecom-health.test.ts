import { WeComError } from '@nextline/wecom';
import { expect, test } from 'vitest';
import { createWeComHealth } from './wecom-health.ts';

function health() {
  const said: string[] = [];
  const say = (...told: unknown[]) => void said.push(String(told.at(-1)));
  const now = new Date('2026-06-09T06:00:00Z');
  const it = createWeComHealth({ now: () => now }, { info: say, warn: say });
  const call = (errcode: number | null, theirTime: Date | null = null) =>
    it.observe({ api: '/cgi-bin/any', ms: 1, errcode, attempt: 1, theirTime });
  return { it, said, call, now };
}

test('a refused secret is said once: the dead tokens that are met meanwhile are no answer to it', () => {
  const { it, said, call } = health();
  for (let round = 0; round < 3; round += 1) {
    call(42001);
    it.observeRefusal(new WeComError({ api: '/cgi-bin/gettoken', errcode: 40001, errmsg: 'invalid credential', kind: 'config' }));
    expect(it.reachable()).toBe(false);
  }
  expect(said).toHaveLength(1);
  call(0);
  expect(it.reachable()).toBe(true);
  expect(said).toEqual([expect.stringContaining('WECOM_SECRET'), 'WeCom answers again']);
});

test('after silence any answer is one, also that the token has died', () => {
  const { it, call } = health();
  call(null);
  expect(it.reachable()).toBe(false);
  call(42001);
  expect(it.reachable()).toBe(true);
});

test("what WeCom stamped is held against the earlier, what dies there against the later of the two clocks, once they differ by more than an answer's way", () => {
  const { it, call, now } = health();
  const off = (ms: number) => new Date(now.getTime() + ms);
  call(0, off(-3_600_000));
  expect([it.earliestTime(), it.latestTime()]).toEqual([off(-3_600_000), now]);
  call(0, off(3_600_000));
  expect([it.earliestTime(), it.latestTime()]).toEqual([now, off(3_600_000)]);
  call(0, off(5_000));
  expect([it.earliestTime(), it.latestTime()]).toEqual([now, now]);
});
