import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestBench, type TestBench, until } from '../test-bench.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.control('POST', 'reset', {});
});

const chatsShape = z.object({
  chats: z.array(
    z.object({ chat: z.string(), unread: z.number(), relation: z.string(), last: z.object({ at: z.iso.datetime(), text: z.string() }) }),
  ),
});
const chatsOf = async (staff: string) => chatsShape.parse((await bench.control('GET', `chats?staff=${staff}`)).body).chats;

test('the world lists the corp, the app, staff, customers, relations and tags', async () => {
  const { body } = await bench.control('GET', 'world');
  expect(body).toMatchObject({
    corp: { corp_id: expect.stringMatching(/^ww/), name: '素蘅 SUHENG' },
    app: { agent_id: '1000002' },
    callback: { aes_key: expect.stringMatching(/^[A-Za-z0-9]{43}$/) },
  });
  expect(body['customers']).toHaveLength(600);
  expect(body['follows']).toContainEqual(expect.objectContaining({ staff: 'zhouyining', remark: '林小姐', state: 'store-njxl' }));
});

test('what a customer writes stands on top of the list of chats, unread until it is read', async () => {
  const [customer] = bench.sim.world.people.keys();
  const before = (await chatsOf('zhouyining')).find(({ chat }) => chat === customer)?.unread ?? 0;
  await bench.control('POST', `chats/zhouyining/${customer}/messages`, { text: '好多了' });
  expect((await chatsOf('zhouyining'))[0]).toMatchObject({ chat: customer, unread: before + 1, last: { text: '好多了' } });
  await bench.control('POST', `chats/zhouyining/${customer}/read`, {});
  expect((await chatsOf('zhouyining'))[0]).toMatchObject({ unread: 0 });
});

test('a customer who has deleted the guide can no longer write, and the guide still sees the chat', async () => {
  const [customer] = bench.sim.world.people.keys();
  await bench.control('DELETE', 'follows', { staff: 'zhouyining', external_userid: customer, by: 'customer' });
  expect((await bench.control('POST', `chats/zhouyining/${customer}/messages`, { text: 'x' })).status).toBe(403);
  expect((await chatsOf('zhouyining')).find(({ chat }) => chat === customer)?.relation).toBe('deleted_by_customer');
  expect((await bench.control('POST', `chats/zhouyining/${customer}/messages`, { text: '在吗', from: 'staff' })).body).toMatchObject({
    delivered: false,
  });
});

test('a person without any guide scans a code and becomes a friend, once', async () => {
  const { body: phone } = await bench.control('POST', 'phones', { name: '过路人' });
  const scan = { external_userid: phone['external_userid'], staff: 'xuanqi', state: 'live-0601', add_way: 1 };
  expect((await bench.control('POST', 'customers', scan)).status).toBe(200);
  expect((await bench.control('POST', 'customers', scan)).status).toBe(409);
  const { body } = await bench.control('GET', `customers/${String(phone['external_userid'])}`);
  expect(body).toMatchObject({ name: '过路人', friends: [{ staff: 'xuanqi', relation: 'active' }] });
});

test('a fault answers so many calls and then goes away', async () => {
  await bench.control('POST', 'faults', { path: 'externalcontact/get_follow_user_list', errcode: 45009, times: 2 });
  const codes = [];
  for (let n = 0; n < 3; n += 1) codes.push((await bench.api('externalcontact/get_follow_user_list'))['errcode']);
  expect(codes).toEqual([45009, 45009, 0]);
});

test('a fault on one API leaves those with a longer name alone', async () => {
  await bench.control('POST', 'faults', { path: '/cgi-bin/externalcontact/get', errcode: -1 });
  expect(await bench.api('externalcontact/get_follow_user_list')).toMatchObject({ errcode: 0 });
  expect(await bench.api('externalcontact/get', { query: { external_userid: 'x' } })).toMatchObject({ errcode: -1 });
  await bench.control('DELETE', 'faults');
  expect(await bench.api('externalcontact/get', { query: { external_userid: 'x' } })).toMatchObject({ errcode: 40096 });
});

test('a fault can answer any words, once what was asked is done or without it', async () => {
  const [follow] = bench.sim.world.follows.values();
  const whom = { userid: follow?.staff, external_userid: follow?.externalUserid };
  await bench.control('POST', 'faults', { path: 'externalcontact/get', body: '{"errcode":0,"errmsg":"ok"}', times: 1 });
  expect(await bench.api('externalcontact/get', { query: { external_userid: follow?.externalUserid ?? '' } })).toEqual({
    errcode: 0,
    errmsg: 'ok',
  });
  await bench.control('POST', 'faults', { path: 'externalcontact/remark', body: '{"code":0}', after_effect: true, times: 1 });
  expect(await bench.api('externalcontact/remark', { body: { ...whom, remark: '写上了' } })).toEqual({ code: 0 });
  expect([...bench.sim.world.follows.values()][0]?.remark).toBe('写上了');
});

test('an administrator hands a customer to a colleague: both sides of it are told, or that she has refused', async () => {
  const follow = [...bench.sim.world.follows.values()].find(({ staff, endedAt }) => staff === 'zhouyining' && endedAt === null);
  const to = [...bench.sim.world.staff.keys()].find(
    (userid) => !bench.sim.world.follows.has(`${userid}\n${follow?.externalUserid}`) && userid !== 'zhouyining',
  );
  const handed = { staff: 'zhouyining', external_userid: follow?.externalUserid, to };
  const before = bench.product.received.length;
  expect((await bench.control('POST', 'transfers', { ...handed, refused: 'customer_refused' })).status).toBe(200);
  expect(bench.sim.world.follows.get(`zhouyining\n${follow?.externalUserid}`)?.endedAt).toBeNull();
  expect((await bench.control('POST', 'transfers', handed)).status).toBe(200);
  expect((await bench.control('POST', 'transfers', handed)).status).toBe(404);
  await until(() => bench.product.received.length >= before + 3);
  const told = bench.product.received.slice(before).join('\n');
  for (const word of ['<FailReason><![CDATA[customer_refused]]>', '<Source><![CDATA[DELETE_BY_TRANSFER]]>', 'add_external_contact'])
    expect(told).toContain(word);
  expect(bench.sim.world.follows.get(`${to}\n${follow?.externalUserid}`)).toMatchObject({ addWay: 202, endedAt: null });
});

test('somebody leaves without a word, as an app of the corp’s own meets it', async () => {
  const before = bench.product.received.length;
  expect((await bench.control('POST', 'staff', { userid: 'mengxi', status: 5, silent: true })).status).toBe(200);
  expect(await bench.api('user/get', { query: { userid: 'mengxi' } })).toMatchObject({ errcode: 60111 });
  expect(bench.product.received).toHaveLength(before);
});

test('what would break the simulated WeCom is refused with what is wrong with it', async () => {
  for (const [path, body] of [
    ['corp', { callback: { aes_key: '+'.repeat(43) } }],
    ['clock', { advance_ms: 1e16 }],
  ] as const)
    expect((await bench.control('POST', path, body)).status).toBe(400);
  for (const msgtype of ['constructor', 'toString', 'voice_'])
    expect(
      await bench.api('message/send', { body: { agentid: Number(bench.sim.world.app.agentId), touser: 'zhouyining', msgtype } }),
    ).toMatchObject({
      errcode: 40008,
    });
});

test('a call can be carried out and its answer lost', async () => {
  const [follow] = bench.sim.world.follows.values();
  await bench.control('POST', 'faults', { path: 'externalcontact/remark', after_effect: true, times: 1 });
  const body = { userid: follow?.staff, external_userid: follow?.externalUserid, remark: '存下了' };
  await expect(bench.api('externalcontact/remark', { body })).rejects.toThrow('fetch failed');
  expect([...bench.sim.world.follows.values()][0]?.remark).toBe('存下了');
});

test('the call log names what was asked, newest first, without secrets', async () => {
  await bench.api('user/get', { query: { userid: 'zhouyining' } });
  const { body } = await bench.control('GET', 'calls?limit=2');
  expect(body).toMatchObject({
    total: 2,
    calls: [
      { path: 'cgi-bin/user/get', errcode: 0 },
      { path: 'cgi-bin/gettoken', query: { corpsecret: '***' } },
    ],
  });
  expect((await bench.control('GET', 'calls?path=gettoken')).body).toMatchObject({ total: 1 });
});

test('the page is told at once what happens', async () => {
  const listening = new AbortController();
  const answer = await fetch(`${bench.sim.url}/_sim/events`, { signal: listening.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const [customer] = bench.sim.world.people.keys();
  await bench.control('POST', `chats/zhouyining/${customer}/messages`, { text: '看到了吗' });
  let heard = '';
  while (!heard.includes('看到了吗')) heard += (await reader?.read())?.value ?? '';
  expect(heard).toContain('event: message');
  listening.abort();
});

test('a control request that makes no sense is 400 or 404 with a reason', async () => {
  expect(await bench.control('POST', 'faults', { errcode: 1 })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('path') },
  });
  expect(await bench.control('POST', 'customers', { name: 'x', staff: 'nobody' })).toMatchObject({ status: 404 });
  expect(await bench.control('GET', 'chats?staff=nobody')).toMatchObject({ status: 404 });
});

test('how near the product came to a limit is counted per API, with what was refused', async () => {
  await bench.control('POST', 'corp', { calls_per_minute: 3 });
  for (let n = 0; n < 5; n += 1) await bench.api('department/list');
  const { body } = await bench.control('GET', 'calls/peaks');
  expect(body['peaks']).toContainEqual({ path: 'cgi-bin/gettoken', total: 5, busiest_minute: 5, busiest_hour: 5, refused: 2 });
  await bench.control('POST', 'reset', {});
  expect((await bench.control('GET', 'calls/peaks')).body['peaks']).toEqual([]);
});

test('a reset makes a brand of another size', async () => {
  expect((await bench.control('POST', 'reset', { customers: 50 })).body).toMatchObject({ ok: true, customers: 50 });
  expect((await bench.control('POST', 'reset', { customers: -1 })).status).toBe(400);
  expect((await bench.control('POST', 'reset', { customers: 600 })).body).toMatchObject({ customers: 600 });
});
