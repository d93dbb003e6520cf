import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestBench, until, type TestBench } from '../test-bench.ts';
import { followKey, type Follow } from '../world/world.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const pageShape = z.object({
  external_contact_list: z.array(
    z.object({
      external_contact: z.object({ external_userid: z.string() }),
      follow_info: z.object({ userid: z.string(), tag_id: z.array(z.string()) }),
    }),
  ),
  next_cursor: z.string(),
});
const active = (): Follow => {
  const found = [...bench.sim.world.follows.values()].find((follow) => follow.endedAt === null);
  if (!found) throw new Error('the seed has no relation');
  return found;
};
const getByUser = (body: object) => bench.api('externalcontact/batch/get_by_user', { body });
const tagOf = (group: number, tag: number): string => bench.sim.world.tagGroups[group]?.tags[tag]?.tagId ?? '';

test('paging through all staff in small pages gives every relation once', async () => {
  const userids = [...bench.sim.world.staff.keys()];
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = pageShape.parse(
      await bench.api('externalcontact/batch/get_by_user', { body: { userid_list: userids, cursor, limit: 77 } }),
    );
    seen.push(...page.external_contact_list.map((one) => followKey(one.follow_info.userid, one.external_contact.external_userid)));
    cursor = page.next_cursor;
  } while (cursor !== '');
  const wanted = [...bench.sim.world.follows.values()].filter((follow) => follow.endedBy !== 'staff');
  expect(seen.toSorted()).toEqual(wanted.map((follow) => followKey(follow.staff, follow.externalUserid)).toSorted());
});

test('more than 100 staff, a limit above 100, or a damaged cursor is 40058', async () => {
  expect(await getByUser({ userid_list: Array.from({ length: 101 }, () => 'zhouyining') })).toMatchObject({ errcode: 40058 });
  expect(await getByUser({ userid_list: ['zhouyining'], limit: 101 })).toMatchObject({ errcode: 40058 });
  expect(await getByUser({ userid_list: ['zhouyining'], cursor: 'nonsense' })).toMatchObject({ errcode: 40058 });
});

test('an unknown customer is 40096; a member without customers is 84061', async () => {
  expect(await bench.api('externalcontact/get', { query: { external_userid: 'wmNobody' } })).toMatchObject({ errcode: 40096 });
  expect(await bench.api('externalcontact/list', { query: { userid: 'shenqiao' } })).toMatchObject({ errcode: 84061 });
});

test('a tag is put on and taken off a relation, and WeCom sends no callback for it', async () => {
  const { staff: userid, externalUserid: external_userid } = active();
  const tag = tagOf(6, 5);
  expect(await bench.api('externalcontact/mark_tag', { body: { userid, external_userid, add_tag: [tag] } })).toMatchObject({ errcode: 0 });
  expect(bench.sim.world.follows.get(followKey(userid, external_userid))?.tagIds).toContain(tag);
  expect(await bench.api('externalcontact/mark_tag', { body: { userid, external_userid, remove_tag: [tag] } })).toMatchObject({
    errcode: 0,
  });
  expect(bench.sim.world.follows.get(followKey(userid, external_userid))?.tagIds).not.toContain(tag);
  expect(bench.product.received).toEqual([]);
});

test('a tag on a relation that does not exist is 84061, an unknown tag 40068', async () => {
  const { staff: userid, externalUserid: external_userid } = active();
  expect(
    await bench.api('externalcontact/mark_tag', { body: { userid: 'shenqiao', external_userid, add_tag: [tagOf(0, 0)] } }),
  ).toMatchObject({ errcode: 84061 });
  expect(await bench.api('externalcontact/mark_tag', { body: { userid, external_userid, add_tag: ['etNone'] } })).toMatchObject({
    errcode: 40068,
  });
});

test('an app may rename and delete its own tags only', async () => {
  const made = await bench.api('externalcontact/add_corp_tag', {
    body: { group_name: '新品', tag: [{ name: '防晒棒' }, { name: '防晒棒' }] },
  });
  const { tag_group: group } = z
    .object({ tag_group: z.object({ group_id: z.string(), tag: z.array(z.object({ id: z.string() })).length(1) }) })
    .parse(made);
  const id = group.tag[0]?.id ?? '';
  expect(await bench.api('externalcontact/edit_corp_tag', { body: { id, name: '防晒喷雾' } })).toMatchObject({ errcode: 0 });
  expect(await bench.api('externalcontact/edit_corp_tag', { body: { id: tagOf(0, 0), name: '干' } })).toMatchObject({ errcode: 81011 });
  expect(await bench.api('externalcontact/del_corp_tag', { body: { tag_id: [id] } })).toMatchObject({ errcode: 0 });
  expect(bench.sim.world.tagGroups.some(({ groupId }) => groupId === group.group_id)).toBe(false);
});

test('a remark of 21 characters is 40058, of 20 it is stored', async () => {
  const { staff: userid, externalUserid: external_userid } = active();
  expect(await bench.api('externalcontact/remark', { body: { userid, external_userid, remark: '字'.repeat(21) } })).toMatchObject({
    errcode: 40058,
  });
  expect(
    await bench.api('externalcontact/remark', { body: { userid, external_userid, remark: '字'.repeat(20), remark_mobiles: [''] } }),
  ).toMatchObject({ errcode: 0 });
  expect(bench.sim.world.follows.get(followKey(userid, external_userid))).toMatchObject({ remark: '字'.repeat(20), remarkMobiles: [] });
});

test('a welcome code works once and only for 20 seconds', async () => {
  const codeOfNext = async (name: string): Promise<{ code: string; customer: string }> => {
    const before = bench.product.received.length;
    const { body } = await bench.control('POST', 'customers', { name, staff: 'zhouyining', state: 'store-njxl' });
    await until(() => bench.product.received.length > before);
    const xml = bench.product.received.at(-1) ?? '';
    expect(xml).toContain('<State><![CDATA[store-njxl]]></State>');
    return { code: /<WelcomeCode><!\[CDATA\[(.*?)\]\]>/.exec(xml)?.[1] ?? '', customer: String(body['external_userid']) };
  };
  const first = await codeOfNext('甲');
  const welcome = (welcome_code: string) =>
    bench.api('externalcontact/send_welcome_msg', { body: { welcome_code, text: { content: '欢迎' } } });
  expect(await welcome(first.code)).toMatchObject({ errcode: 0 });
  expect(await welcome(first.code)).toMatchObject({ errcode: 41051 });
  const { body } = await bench.control('GET', `chats/zhouyining/${first.customer}/messages`);
  expect(JSON.stringify(body)).toContain('欢迎');
  const late = await codeOfNext('乙');
  await bench.control('POST', 'clock', { advance_ms: 20_000 });
  expect(await welcome(late.code)).toMatchObject({ errcode: 41050 });
});

test('broken JSON is said to be broken', async () => {
  const { errcode, errmsg } = z.object({ errcode: z.number(), errmsg: z.string() }).parse(
    await (
      await fetch(`${bench.sim.url}/cgi-bin/externalcontact/mark_tag?access_token=${await bench.token()}`, {
        method: 'POST',
        body: '{"a":',
      })
    ).json(),
  );
  expect(errcode).not.toBe(0);
  expect(errmsg).toContain('wrong json format');
});
