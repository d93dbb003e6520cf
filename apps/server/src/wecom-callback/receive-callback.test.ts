import { createCallbackCrypto } from '@nextline/wecom';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestClock, startTestApp, type TestApp } from '../test-app.ts';
import { eventXml, knock, postCallback } from '../test-callbacks.ts';
import { callbackInbox } from './wecom-callback.table.ts';

/** The sample that WeCom's documentation publishes, token and key included. */
const published = {
  corpId: 'wx5823bf96d3bd56c7',
  callbackToken: 'QDG6eK',
  callbackAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};
const encrypted =
  'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==';
const envelope = `<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><AgentID><![CDATA[218]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
const postQuery = 'msg_signature=477715d11cdb4164915debcba66cb864d751f3e6&timestamp=1409659813&nonce=1372623149';

let world: TestApp;
let unreadForMs = 0;
beforeAll(async () => {
  const turns = { unreadForMs: () => unreadForMs, stop: () => undefined };
  // The sample is of September 2014.
  world = await startTestApp({ settings: published, clock: createTestClock(new Date(1_409_659_813_000)), app: { turns } });
});
afterAll(() => world.close());

const kept = () => world.deps.db.select().from(callbackInbox);
const post = (query: string, payload: string) =>
  knock(world, { method: 'POST', url: `/wecom/callback?${query}`, headers: { 'content-type': 'text/xml' }, payload });

/** What is asked of every refusal: its status, that nothing was stored, and less than 50 ms (of a few tries: this machine has other work, too). */
async function refusal(ask: () => Promise<{ statusCode: number }>): Promise<{ status: number; stored: number; inTime: boolean }> {
  const before = (await kept()).length;
  let status = 0;
  let fastest = Infinity;
  for (let n = 0; n < 5 && fastest >= 50; n += 1) {
    const began = performance.now();
    status = (await ask()).statusCode;
    fastest = Math.min(fastest, performance.now() - began);
  }
  return { status, stored: (await kept()).length - before, inTime: fastest < 50 };
}
const refused = (status: number) => ({ status, stored: 0, inTime: true });
const edited = (externalUserId: string) =>
  eventXml(published.corpId, 'change_external_contact', 'edit_external_contact', { UserID: 'a', ExternalUserID: externalUserId });

test('the published verification is answered with the published plain text and nothing else', async () => {
  const query = new URLSearchParams({
    msg_signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    timestamp: '1409659589',
    nonce: '263014780',
    echostr: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
  });
  const answer = await world.app.inject({ method: 'GET', url: `/wecom/callback?${query}` });
  expect([answer.statusCode, answer.body]).toEqual([200, '1616140317555161061']);
  // Some send the base64 as it is: its plus signs arrive as spaces.
  const bare = await world.app.inject({ method: 'GET', url: `/wecom/callback?${String(query).replaceAll('%2B', '+')}` });
  expect(bare.body).toBe('1616140317555161061');
});

test('the published message is kept before it is acknowledged with an empty body', async () => {
  const answer = await post(postQuery, envelope);
  expect([answer.statusCode, answer.body]).toEqual([200, '']);
  const [row] = await kept();
  expect(row).toMatchObject({ status: 'waiting', attempts: 0 });
  expect(row?.xml).toContain('<Content><![CDATA[hello]]></Content>');
});

test('the same message three times is one row', async () => {
  for (let n = 0; n < 3; n += 1) expect((await post(postQuery, envelope)).statusCode).toBe(200);
  expect(await kept()).toHaveLength(1);
});

test('twenty deliveries of one event at the same moment are one row', async () => {
  const xml = eventXml(published.corpId, 'change_external_contact', 'edit_external_contact', {
    UserID: 'zhangsan',
    ExternalUserID: 'wmTogether',
  });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => postCallback(world, xml, { nonce: String(n) })));
  expect(answers.every((answer) => answer.statusCode === 200)).toBe(true);
  expect((await kept()).filter((row) => row.lane === 'customer:wmTogether')).toHaveLength(1);
});

test('T2: a callback that may have lain unread too long for an answer in time is refused at the door and not kept; a moment later it is kept', async () => {
  const before = (await kept()).length;
  unreadForMs = 2_100;
  const answer = await postCallback(world, edited('wmLate'));
  unreadForMs = 0;
  expect([answer.statusCode, answer.headers['retry-after'], answer.json().error.code]).toEqual([503, '3', 'server.busy']);
  expect(await kept()).toHaveLength(before);
  expect((await postCallback(world, edited('wmLate'))).statusCode).toBe(200);
  expect(await kept()).toHaveLength(before + 1);
});

test('T13: a wrong signature is refused', async () => {
  expect(await refusal(() => post(postQuery.replace('477715', '477716'), envelope))).toEqual(refused(401));
});

test('T13: a message whose text was changed is refused', async () => {
  expect(await refusal(() => post(postQuery, envelope.replace('RypEvHKD', 'RypEvHKE')))).toEqual(refused(401));
});

test('T13: a message that is meant for another corp is refused', async () => {
  const xml = eventXml('wwother', 'change_external_contact', 'edit_external_contact', { UserID: 'a', ExternalUserID: 'b' });
  expect(await refusal(() => postCallback(world, xml, { receiveId: 'wwother' }))).toEqual(refused(401));
});

test('T13: a message of eleven minutes ago is refused, one of nine minutes ago is not', async () => {
  const ago = (minutes: number) => String(Math.floor(world.clock.now().getTime() / 1000) - minutes * 60);
  expect(await refusal(() => postCallback(world, edited('wmOld'), { timestamp: ago(11) }))).toEqual(refused(401));
  expect(await refusal(() => postCallback(world, edited('wmOld'), { timestamp: 'yesterday' }))).toEqual(refused(401));
  expect((await postCallback(world, edited('wmRecent'), { timestamp: ago(9) })).statusCode).toBe(200);
});

test('T14: while our clock runs an hour or a day ahead of WeCom, what WeCom stamps now is taken all the same', async () => {
  for (const aheadMs of [3_600_000, 86_400_000]) {
    const theirTime = new Date(world.clock.now().getTime() - aheadMs);
    const timestamp = String(Math.floor(theirTime.getTime() / 1000));
    expect((await postCallback(world, edited(`wmAhead${aheadMs}`), { timestamp })).statusCode).toBe(401);
    world.deps.wecomHealth.observe({ api: '/cgi-bin/any', ms: 5, errcode: 0, attempt: 1, theirTime });
    expect((await postCallback(world, edited(`wmAhead${aheadMs}`), { timestamp })).statusCode).toBe(200);
    world.deps.wecomHealth.observe({ api: '/cgi-bin/any', ms: 5, errcode: 0, attempt: 1, theirTime: world.clock.now() });
  }
});

test('T13: 10 MB are refused before they are read', async () => {
  expect(await refusal(() => post(postQuery, 'x'.repeat(10 * 1024 * 1024)))).toEqual(refused(413));
});

test('T13: an XML bomb is refused, outside and inside of the encryption', async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'ha'.repeat(100)}"><!ENTITY b "&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>`;
  expect(await refusal(() => post(postQuery, bomb))).toEqual(refused(400));
  expect(await refusal(() => postCallback(world, bomb))).toEqual(refused(400));
});

test('T13: what is no XML, has nothing encrypted in it, or is no base64 is refused', async () => {
  expect(await refusal(() => post(postQuery, 'hello'))).toEqual(refused(400));
  expect(await refusal(() => post(postQuery, '<xml><ToUserName>a</ToUserName></xml>'))).toEqual(refused(400));
  const crypto = createCallbackCrypto({ token: published.callbackToken, encodingAesKey: published.callbackAesKey, receiveId: '' });
  const signature = crypto.sign({ timestamp: '1409659813', nonce: '1', encrypted: 'not base64!' });
  expect(
    await refusal(() => post(`msg_signature=${signature}&timestamp=1409659813&nonce=1`, '<xml><Encrypt>not base64!</Encrypt></xml>')),
  ).toEqual(refused(400));
});

test('T13: a request without its stamp is refused', async () => {
  expect(await refusal(() => post('timestamp=1409659813', envelope))).toEqual(refused(400));
});
