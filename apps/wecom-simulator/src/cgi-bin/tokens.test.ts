import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestBench, type TestBench } from '../test-bench.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const gettoken = async (query: Record<string, string>): Promise<Record<string, unknown>> =>
  Object(await (await fetch(`${bench.sim.url}/cgi-bin/gettoken?${new URLSearchParams(query).toString()}`)).json());

test('asking for a token again within its two hours gives the same one, afterwards another', async () => {
  const { corp, app } = bench.sim.world;
  const query = { corpid: corp.corpId, corpsecret: app.secret };
  const first = await gettoken(query);
  expect(first).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 });
  expect((await gettoken(query))['access_token']).toBe(first['access_token']);
  await bench.control('POST', 'clock', { advance_ms: 7_200_000 });
  expect(await bench.api('department/list', { query: { access_token: String(first['access_token']) } })).toMatchObject({ errcode: 42001 });
  expect((await gettoken(query))['access_token']).not.toBe(first['access_token']);
});

test('a wrong secret is 40001, a wrong corp 40013, a made-up token 40014, none 41001', async () => {
  const { corp, app } = bench.sim.world;
  expect(await gettoken({ corpid: corp.corpId, corpsecret: 'nonsense' })).toMatchObject({ errcode: 40001 });
  expect(await gettoken({ corpid: 'ww0', corpsecret: app.secret })).toMatchObject({ errcode: 40013 });
  expect(await bench.api('department/list', { query: { access_token: 'nonsense' } })).toMatchObject({ errcode: 40014 });
  expect(await bench.api('department/list', { query: { access_token: '' } })).toMatchObject({ errcode: 41001 });
});

test("a refusal reads like WeCom's: words, hint, address, where to read more", async () => {
  const { errmsg } = await bench.api('user/get', { query: { userid: 'nobody' } });
  expect(errmsg).toMatch(
    /^userid not found, hint: \[\d{10}_28_[0-9a-f]{32}\], from ip: \S+, more info at https:\/\/open\.work\.weixin\.qq\.com\/devtool\/query\?e=60111$/,
  );
});

test('the console decides who is let in: address 60020, callable apps 48002, visible range 60011, contact permission 84074', async () => {
  await bench.control('POST', 'corp', { trusted_ips: ['203.0.113.9'] });
  expect(await bench.api('department/list')).toMatchObject({ errcode: 60020 });
  await bench.control('POST', 'corp', { trusted_ips: null, callable: false });
  expect(await bench.api('externalcontact/get_follow_user_list')).toMatchObject({ errcode: 48002 });
  await bench.control('POST', 'corp', { callable: true, visible_staff: ['xuanqi'], without_customer_contact: ['xuanqi'] });
  expect(await bench.api('user/get', { query: { userid: 'zhouyining' } })).toMatchObject({ errcode: 60011 });
  expect(await bench.api('externalcontact/list', { query: { userid: 'xuanqi' } })).toMatchObject({ errcode: 84074 });
  await bench.control('POST', 'reset', {});
  expect(await bench.api('externalcontact/get_follow_user_list')).toMatchObject({ errcode: 0 });
});

test('behind a gateway with two addresses every other call is refused when only one of them is trusted', async () => {
  await bench.control('POST', 'corp', { egress_ips: ['198.51.100.7', '198.51.100.8'], trusted_ips: ['198.51.100.8'] });
  const answers = [];
  for (let n = 0; n < 4; n += 1) answers.push(await bench.api('department/list'));
  expect(answers.map((answer) => answer['errcode'])).toEqual([60020, 0, 60020, 0]);
  expect(answers[0]?.['errmsg']).toContain('from ip: 198.51.100.7,');
  await bench.control('POST', 'reset', {});
});

test('an app can be asked about itself and about no other', async () => {
  const { app } = bench.sim.world;
  expect(await bench.api('agent/get', { query: { agentid: app.agentId } })).toMatchObject({
    agentid: Number(app.agentId),
    close: 0,
    redirect_domain: new URL(bench.sim.webviewUrl).host,
  });
  expect(await bench.api('agent/get', { query: { agentid: '1' } })).toMatchObject({ errcode: 301002 });
});

test('one call too many in a minute is 45009 until the minute is over, and other APIs go on', async () => {
  const access_token = await bench.token();
  const ask = (path: string) => bench.api(path, { query: { access_token, id: '1' } });
  await bench.control('POST', 'clock', { advance_ms: 60_000 });
  await bench.control('POST', 'corp', { calls_per_minute: 3 });
  const codes = [];
  for (let n = 0; n < 4; n += 1) codes.push((await ask('department/get'))['errcode']);
  expect(codes).toEqual([0, 0, 0, 45009]);
  expect(await ask('department/simplelist')).toMatchObject({ errcode: 0 });
  await bench.control('POST', 'clock', { advance_ms: 60_000 });
  expect(await ask('department/get')).toMatchObject({ errcode: 0 });
  await bench.control('POST', 'corp', { calls_per_minute: 10_000 });
});

async function codeFor(who: Record<string, string>): Promise<string> {
  const { corp, app } = bench.sim.world;
  const query = new URLSearchParams({
    appid: corp.corpId,
    agentid: app.agentId,
    redirect_uri: `${bench.sim.webviewUrl}/auth/callback`,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'S1',
    ...who,
  });
  const answer = await fetch(`${bench.sim.url}/connect/oauth2/authorize?${query.toString()}`, { redirect: 'manual' });
  const to = new URL(answer.headers.get('location') ?? '');
  expect(to.searchParams.get('state')).toBe('S1');
  return to.searchParams.get('code') ?? '';
}
const whoHas = (code: string) => bench.api('auth/getuserinfo', { query: { code } });

test('a code that was used once is refused with 42022, one older than five minutes with 42003, a made-up one with 40029', async () => {
  const used = await codeFor({ sim_staff: 'zhouyining' });
  expect(await whoHas(used)).toMatchObject({ errcode: 0, userid: 'zhouyining' });
  expect(await whoHas(used)).toMatchObject({ errcode: 42022 });
  const old = await codeFor({ sim_staff: 'zhouyining' });
  await bench.control('POST', 'clock', { advance_ms: 300_000 });
  expect(await whoHas(old)).toMatchObject({ errcode: 42003 });
  expect(await whoHas('made-up')).toMatchObject({ errcode: 40029 });
});

test('a customer who was sent the address is an outsider; staff whom the app may not see are 60011', async () => {
  const follow = [...bench.sim.world.follows.values()].find(({ endedBy }) => endedBy !== 'staff');
  const sim_customer = follow?.externalUserid ?? '';
  expect(await whoHas(await codeFor({ sim_customer }))).toMatchObject({
    errcode: 0,
    openid: expect.any(String),
    external_userid: sim_customer,
  });
  const stranger = String((await bench.control('POST', 'phones', { name: '路人' })).body['external_userid']);
  const answer = await whoHas(await codeFor({ sim_customer: stranger }));
  expect([answer['openid'], answer['external_userid'], answer['userid']]).toEqual([expect.any(String), undefined, undefined]);
  await bench.control('POST', 'corp', { visible_staff: ['xuanqi'] });
  expect(await whoHas(await codeFor({ sim_staff: 'zhouyining' }))).toMatchObject({ errcode: 60011 });
  await bench.control('POST', 'corp', { visible_staff: null });
});

test('a redirect to a host that is not trusted ends on a page with 50001', async () => {
  const { corp, app } = bench.sim.world;
  const query = new URLSearchParams({
    appid: corp.corpId,
    agentid: app.agentId,
    redirect_uri: 'http://localhost:1/x',
    response_type: 'code',
    scope: 'snsapi_base',
  });
  const answer = await fetch(`${bench.sim.url}/connect/oauth2/authorize?${query.toString()}`, { redirect: 'manual' });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('50001');
});
