import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestBench, type TestBench } from '../test-bench.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.control('POST', 'reset', {});
});

const say = (content: string, touser = 'zhouyining') =>
  bench.api('message/send', { body: { touser, msgtype: 'text', agentid: Number(bench.sim.world.app.agentId), text: { content } } });
const got = (staff: string) => bench.sim.world.appMessages.filter(({ to }) => to.includes(staff));

test('who cannot be reached is named in small letters, and a message to nobody is 81013', async () => {
  expect(await say('早', 'ZhouYiNing|Nobody')).toMatchObject({ errcode: 0, invaliduser: 'nobody' });
  expect(got('zhouyining')).toHaveLength(1);
  expect(await say('早', 'nobody')).toMatchObject({ errcode: 81013 });
});

test('a text beyond 2048 bytes is cut, never within a letter', async () => {
  await say('好'.repeat(700));
  expect(got('zhouyining')[0]?.content).toEqual({ content: '好'.repeat(682) });
});

test('the thirty-first message of a minute is accepted and does not arrive; the next minute lets one through again', async () => {
  for (let nth = 0; nth < 31; nth += 1) expect(await say(`第 ${nth} 条`)).toMatchObject({ errcode: 0 });
  expect(got('zhouyining')).toHaveLength(30);
  await say('给别人', 'xuanqi');
  expect(got('xuanqi')).toHaveLength(1);
  await bench.control('POST', 'clock', { advance_ms: 60_000 });
  await say('下一分钟');
  expect(got('zhouyining')).toHaveLength(31);
});
