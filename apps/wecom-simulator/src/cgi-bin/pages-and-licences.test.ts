import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestBench, type TestBench } from '../test-bench.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.control('POST', 'reset', {});
});

test('pages can be made smaller than was asked for, of followers too', async () => {
  await bench.control('POST', 'corp', { most_per_page: 1 });
  const page = await bench.api('externalcontact/batch/get_by_user', { body: { userid_list: ['zhouyining'], limit: 100 } });
  expect([page['external_contact_list'], page['next_cursor']]).toEqual([[expect.anything()], expect.stringMatching(/./)]);
  const follows = [...bench.sim.world.follows.values()].filter(({ endedBy }) => endedBy !== 'staff');
  const shared = follows.find((one) => follows.some((other) => other !== one && other.externalUserid === one.externalUserid));
  const external_userid = shared?.externalUserid ?? '';
  const first = await bench.api('externalcontact/get', { query: { external_userid } });
  const second = await bench.api('externalcontact/get', { query: { external_userid, cursor: String(first['next_cursor']) } });
  const followers = [first, second].flatMap(
    (answer) => z.object({ follow_user: z.array(z.object({ userid: z.string() })) }).parse(answer).follow_user,
  );
  expect(new Set(followers.map(({ userid }) => userid)).size).toBe(2);
});

test('staff without a licence are named, and 701008 when nobody else was asked for', async () => {
  await bench.control('POST', 'corp', { unlicensed_staff: ['zhouyining'] });
  const of = (userid_list: string[]) => bench.api('externalcontact/batch/get_by_user', { body: { userid_list, limit: 1 } });
  expect(await of(['zhouyining', 'xuanqi'])).toMatchObject({
    errcode: 0,
    external_contact_list: [{ follow_info: { userid: 'xuanqi' } }],
    fail_info: { unlicensed_userid_list: ['zhouyining'] },
  });
  expect(await of(['zhouyining'])).toMatchObject({ errcode: 701008 });
});
