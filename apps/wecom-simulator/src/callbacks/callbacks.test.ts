import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestBench, until, type TestBench } from '../test-bench.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  bench.product.received.length = 0;
  bench.product.answerWith.status = 200;
});

const changeOf = (xml: string | undefined): string => /<ChangeType><!\[CDATA\[(.*?)\]\]>/.exec(xml ?? '')?.[1] ?? '';
const firstFollow = (): { staff: string; external_userid: string } => {
  const [follow] = bench.sim.world.follows.values();
  return { staff: follow?.staff ?? '', external_userid: follow?.externalUserid ?? '' };
};

test('who deleted whom decides the event: the customer del_follow_user, the staff member del_external_contact', async () => {
  const [one, two] = [...bench.sim.world.follows.values()].filter((follow) => follow.endedAt === null);
  await bench.control('DELETE', 'follows', { staff: one?.staff, external_userid: one?.externalUserid, by: 'customer' });
  await until(() => bench.product.received.length === 1);
  await bench.control('DELETE', 'follows', { staff: two?.staff, external_userid: two?.externalUserid, by: 'staff' });
  await until(() => bench.product.received.length === 2);
  expect(bench.product.received.map(changeOf)).toEqual(['del_follow_user', 'del_external_contact']);
});

test('WeCom still knows a relation that only the customer ended, and no longer one that staff ended', async () => {
  const [one, two] = [...bench.sim.world.follows.values()].filter((follow) => follow.staff === 'zhouyining' && follow.endedAt === null);
  await bench.control('DELETE', 'follows', { staff: 'zhouyining', external_userid: one?.externalUserid, by: 'customer' });
  await bench.control('DELETE', 'follows', { staff: 'zhouyining', external_userid: two?.externalUserid, by: 'staff' });
  const { external_userid: list } = await bench.api('externalcontact/list', { query: { userid: 'zhouyining' } });
  expect(list).toContain(one?.externalUserid);
  expect(list).not.toContain(two?.externalUserid);
});

test('remark and tags edited in the client are told as edit_external_contact', async () => {
  await bench.control('POST', 'follows', { ...firstFollow(), remark: '新备注', add_tag: [bench.sim.world.tagGroups[0]?.tags[0]?.tagId] });
  await until(() => bench.product.received.length === 1);
  expect(changeOf(bench.product.received[0])).toBe('edit_external_contact');
});

test('a new tag in a new group is told twice, a deleted group once', async () => {
  const { body } = await bench.control('POST', 'tags', { group_name: '新组', name: '新标签' });
  await until(() => bench.product.received.length === 2);
  await bench.control('DELETE', `tags/${String(body['group_id'])}`);
  await until(() => bench.product.received.length === 3);
  expect(bench.product.received.map(changeOf)).toEqual(['create', 'create', 'delete']);
  expect(bench.product.received[2]).toContain('<TagType><![CDATA[tag_group]]></TagType>');
});

test('a member of staff who leaves is told as delete_user', async () => {
  await bench.control('POST', 'staff', { userid: 'fangmeng', status: 5 });
  await until(() => bench.product.received.length === 1);
  expect(changeOf(bench.product.received[0])).toBe('delete_user');
  expect(await bench.api('user/get', { query: { userid: 'fangmeng' } })).toMatchObject({ errcode: 60111 });
});

test('an answer that is not 200 is retried twice when the switch says so, and never otherwise', async () => {
  bench.product.answerWith.status = 500;
  await bench.control('POST', 'follows', { ...firstFollow(), remark: '一' });
  await until(() => bench.product.received.length === 1);
  await bench.control('POST', 'callbacks', { retry_on_non_200: true });
  await bench.control('POST', 'follows', { ...firstFollow(), remark: '二' });
  await until(() => bench.product.received.length === 4);
  const { body } = await bench.control('GET', 'callbacks');
  expect(body['deliveries']).toMatchObject([
    { attempts: [{ status: 500 }, { status: 500 }, { status: 500 }] },
    { outcome: 'refused', attempts: [{ status: 500 }] },
  ]);
});

test('events can be doubled and dropped', async () => {
  await bench.control('POST', 'callbacks', { duplicate: true });
  await bench.control('POST', 'follows', { ...firstFollow(), remark: '一' });
  await until(() => bench.product.received.length === 2);
  expect(bench.product.received[0]).toBe(bench.product.received[1]);
  await bench.control('POST', 'callbacks', { duplicate: false, drop_rate: 1 });
  await bench.control('POST', 'follows', { ...firstFollow(), remark: '二' });
  const { body } = await bench.control('GET', 'callbacks');
  expect(body['deliveries']).toMatchObject([{ outcome: 'dropped', attempts: [] }, {}, {}]);
});

test('saving the callback address asks the product to decrypt a text', async () => {
  expect((await bench.control('POST', 'callbacks/verify', {})).body).toEqual({ ok: true, status: 200, reason: null });
});
