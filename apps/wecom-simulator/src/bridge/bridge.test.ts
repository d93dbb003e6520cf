import { signJsUrl } from '@nextline/wecom';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestBench, type TestBench } from '../test-bench.ts';

let bench: TestBench;
let customer: string;
let page: string;
beforeAll(async () => {
  bench = await startTestBench();
  page = `${bench.sim.webviewUrl}/sidebar/?a=1`;
  customer = [...bench.sim.world.people.keys()][0] ?? '';
});
afterAll(() => bench.close());

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const nonceStr = 'Wm3WZYTPz0wzccnW';
const timestamp = '1414587457';
const allowed = ['getContext', 'getCurExternalContact', 'getCurExternalChat', 'sendChatMessage', 'openEnterpriseChat'];

async function invoke(name: string, params: object = {}, where: object = {}): Promise<Record<string, unknown>> {
  const { body } = await bench.control('POST', 'bridge', {
    staff: 'zhouyining',
    chat: customer,
    entry: 'single_chat_tools',
    name,
    params,
    href: page,
    ...where,
  });
  return Object(body['result']);
}

async function configure(changes: object = {}, href = page): Promise<Record<string, unknown>> {
  const { ticket } = await bench.api('ticket/get', { query: { type: 'agent_config' } });
  const signature = signJsUrl({ ticket: String(ticket), nonceStr, timestamp, url: href });
  const { corp, app } = bench.sim.world;
  return invoke(
    'agentConfig',
    { corpid: corp.corpId, agentid: app.agentId, timestamp, nonceStr, signature, jsApiList: allowed, ...changes },
    { href },
  );
}

async function upload(bytes: Buffer, type: string): Promise<Record<string, unknown>> {
  const form = new FormData();
  form.set('media', new Blob([new Uint8Array(bytes)]), '图.png');
  const answer = await fetch(`${bench.sim.url}/cgi-bin/media/upload?access_token=${await bench.token()}&type=${type}`, {
    method: 'POST',
    body: form,
  });
  return Object(await answer.json());
}

const lastMessage = async (): Promise<unknown> => {
  const { body } = await bench.control('GET', `chats/zhouyining/${customer}/messages?limit=1`);
  return Array.isArray(body['messages']) ? body['messages'][0] : null;
};

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
});

test('a page that has not passed agentConfig may call nothing about the chat', async () => {
  page = `${bench.sim.webviewUrl}/sidebar/?never`;
  expect(await invoke('getCurExternalContact')).toEqual({ err_msg: 'getCurExternalContact:fail no permission' });
  page = `${bench.sim.webviewUrl}/sidebar/?a=1`;
});

test('agentConfig takes the signature made with the agent ticket, for the address before the hash', async () => {
  expect(await configure()).toMatchObject({ err_msg: 'agentConfig:ok' });
  expect(await invoke('getCurExternalContact', {}, { href: `${page}#/elsewhere` })).toEqual({
    err_msg: 'getCurExternalContact:ok',
    userId: customer,
  });
  expect(await invoke('getContext')).toEqual({ err_msg: 'getContext:ok', entry: 'single_chat_tools' });
});

test('agentConfig refuses a wrong signature, the other kind of ticket, another agent and a host that is not trusted', async () => {
  expect((await configure({ signature: 'f'.repeat(40) }))['err_msg']).toMatch(/^agentConfig:invalid signature .*e=40093$/);
  const { ticket } = await bench.api('get_jsapi_ticket');
  const signature = signJsUrl({ ticket: String(ticket), nonceStr, timestamp, url: page });
  expect((await configure({ signature }))['err_msg']).toMatch(/e=42012$/);
  expect(await configure({ agentid: '1000003' })).toEqual({ err_msg: 'agentConfig:fail invalid agentid' });
  expect((await configure({}, 'http://localhost:1/sidebar/'))['err_msg']).toMatch(/^agentConfig:invalid url domain/);
});

test('a signature made with a ticket that has since expired is refused', async () => {
  const { ticket } = await bench.api('ticket/get', { query: { type: 'agent_config' } });
  const signature = signJsUrl({ ticket: String(ticket), nonceStr, timestamp, url: page });
  await bench.control('POST', 'clock', { advance_ms: 7_200_000 });
  expect((await configure({ signature }))['err_msg']).toMatch(/^agentConfig:invalid signature/);
});

test('each kind of message lands in the chat', async () => {
  await configure();
  const image = await upload(png, 'image');
  const file = await upload(Buffer.from('a price list'), 'file');
  const sent = [
    { msgtype: 'text', text: { content: '可以叠的～' } },
    { msgtype: 'image', image: { mediaid: image['media_id'] } },
    { msgtype: 'file', file: { mediaid: file['media_id'] } },
    { msgtype: 'news', news: { link: 'https://suheng.example/a', title: '套组', desc: '', imgUrl: '' } },
    {
      msgtype: 'miniprogram',
      miniprogram: { appid: 'wx5a3f0c9b7e2d4186', title: '积分', imgUrl: 'https://suheng.example/a.png', page: 'pages/a.html?x=1' },
    },
  ];
  for (const message of sent) {
    expect(await invoke('sendChatMessage', message)).toEqual({ err_msg: 'sendChatMessage:ok' });
    expect(await lastMessage()).toMatchObject({ from: 'staff', msgtype: message.msgtype, via: 'sidebar', delivered: true });
  }
});

test('a message that WeCom would refuse is refused with its reason, and nothing lands in the chat', async () => {
  await configure();
  const image = await upload(png, 'image');
  const before = await lastMessage();
  const wrong: [object, string][] = [
    [{ msgtype: 'video', video: { mediaid: image['media_id'] } }, 'fail invalid mediaid'],
    [{ msgtype: 'image', image: { mediaid: 'none' } }, 'fail invalid mediaid'],
    [
      {
        msgtype: 'miniprogram',
        miniprogram: { appid: 'wx5a3f0c9b7e2d4186', title: 'x', imgUrl: 'https://a.example/a.png', page: 'pages/a' },
      },
      'fail invalid page',
    ],
    [
      {
        msgtype: 'miniprogram',
        miniprogram: { appid: 'wx5a3f0c9b7e2d4186', title: 'x', imgUrl: 'data:image/png;base64,', page: 'a.html' },
      },
      'fail invalid imgUrl',
    ],
    [{ msgtype: 'poem' }, 'fail invalid msgtype or content'],
  ];
  for (const [message, reason] of wrong) expect(await invoke('sendChatMessage', message)).toEqual({ err_msg: `sendChatMessage:${reason}` });
  expect(await lastMessage()).toEqual(before);
});

test('media ids are dead after three days', async () => {
  const image = await upload(png, 'image');
  await bench.control('POST', 'clock', { advance_ms: 3 * 86_400_000 });
  await configure();
  expect(await invoke('sendChatMessage', { msgtype: 'image', image: { mediaid: image['media_id'] } })).toEqual({
    err_msg: 'sendChatMessage:fail invalid mediaid',
  });
  expect(await bench.api('media/get', { query: { media_id: String(image['media_id']) } })).toMatchObject({ errcode: 40007 });
});

test('an upload must be what it says, and not too large', async () => {
  expect(await upload(Buffer.from('not a picture at all'), 'image')).toMatchObject({ errcode: 40005 });
  expect(await upload(Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]), 'image')).toMatchObject({ errcode: 40006 });
  expect(await upload(png, 'poem')).toMatchObject({ errcode: 40004 });
});

test('a profile page may not send, and a chat with a stranger has no contact', async () => {
  await configure();
  const message = { msgtype: 'text', text: { content: 'x' } };
  expect(await invoke('sendChatMessage', message, { entry: 'contact_profile' })).toEqual({ err_msg: 'sendChatMessage:fail no permission' });
  expect(await invoke('getCurExternalContact', {}, { chat: null })).toEqual({
    err_msg: 'getCurExternalContact:fail without context of external contact',
  });
});

test('in a group the page learns the chat and may send into it', async () => {
  await configure();
  const group = [...bench.sim.world.groupChats.values()].find((one) => !one.internal && one.staff.includes('zhouyining'));
  const where = { chat: group?.chatId, entry: 'group_chat_tools' };
  expect(await invoke('getCurExternalChat', {}, where)).toEqual({ err_msg: 'getCurExternalChat:ok', chatId: group?.chatId });
  expect(await invoke('sendChatMessage', { msgtype: 'text', text: { content: '大家好' } }, where)).toEqual({
    err_msg: 'sendChatMessage:ok',
  });
});

test('the third message can be made to fail, a message to be cancelled, and a name that no client knows does not exist', async () => {
  await configure();
  const message = { msgtype: 'text', text: { content: 'x' } };
  await bench.control('POST', 'faults', { path: 'bridge/sendChatMessage', errmsg: 'cancel', skip: 2, times: 1 });
  const results = [];
  for (let n = 0; n < 4; n += 1) results.push((await invoke('sendChatMessage', message))['err_msg']);
  expect(results).toEqual(['sendChatMessage:ok', 'sendChatMessage:ok', 'sendChatMessage:cancel', 'sendChatMessage:ok']);
  expect(await invoke('flyToTheMoon')).toEqual({ err_msg: 'flyToTheMoon:fail function not exist' });
});
