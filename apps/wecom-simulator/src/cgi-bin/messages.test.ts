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

const chatList = z.object({ chats: z.array(z.looseObject({ chat: z.string(), kind: z.string(), unread: z.number() })) });
const appChats = async (staff: string) =>
  chatList.parse((await bench.control('GET', `chats?staff=${staff}`)).body).chats.filter(({ kind }) => kind === 'app');
const send = (msgtype: string, content: object) =>
  bench.api('message/send', { body: { touser: 'zhouyining', msgtype, agentid: Number(bench.sim.world.app.agentId), [msgtype]: content } });

test('what the app sends is a chat of its own in the list of whoever got it, unread until it is opened, and nobody can answer', async () => {
  expect(await appChats('zhouyining')).toEqual([]);
  await say('早');
  await say('还有 2 个待办');
  expect(await appChats('zhouyining')).toEqual([
    expect.objectContaining({ name: '下一句', unread: 2, last: expect.objectContaining({ from: 'app', text: '还有 2 个待办' }) }),
  ]);
  expect(await appChats('xuanqi')).toEqual([]);
  const [{ chat } = { chat: '' }] = await appChats('zhouyining');
  await bench.control('POST', `chats/zhouyining/${chat}/read`, {});
  expect(await appChats('zhouyining')).toEqual([expect.objectContaining({ unread: 0 })]);
  expect((await bench.control('POST', `chats/zhouyining/${chat}/messages`, { text: '好', from: 'staff' })).status).toBe(403);
  expect((await bench.control('GET', `chats/xuanqi/${chat}/messages`)).status).toBe(404);
});

test('every kind of message that an app may send can be drawn, and an address that is none of the web opens nothing', async () => {
  await send('markdown', { content: '**早**' });
  await send('news', {
    articles: [
      { title: '新品到店', description: '先看图', url: 'https://example.com/a', picurl: 'https://example.com/a.png' },
      { title: '会员积分', appid: 'wx1234567890', pagepath: 'pages/points.html' },
      { title: '不是网页', url: 'javascript:alert(1)' },
    ],
  });
  await send('textcard', {
    title: '待办',
    description: '<div class="gray">今天</div><div class="normal">回访林小姐</div>',
    url: 'https://example.com/b',
  });
  await send('miniprogram_notice', { appid: 'wx1234567890', title: '新订单', content_item: [{ key: '金额', value: '¥ 520' }] });
  await send('template_card', {
    card_type: 'text_notice',
    main_title: { title: '周报', desc: '6月第2周' },
    card_action: { url: 'https://example.com/c' },
  });
  const [{ chat } = { chat: '' }] = await appChats('zhouyining');
  const { body } = await bench.control('GET', `chats/zhouyining/${chat}/messages`);
  const none = { description: '', url: '', pictureUrl: '', rows: [], foot: '' };
  expect(body).toMatchObject({
    messages: [
      { msgtype: 'text', text: '**早**', from: 'app', sender: { name: '下一句' } },
      {
        msgtype: 'cards',
        cards: [
          { ...none, title: '新品到店', description: '先看图', url: 'https://example.com/a', pictureUrl: 'https://example.com/a.png' },
          { ...none, title: '会员积分', foot: '小程序' },
          { ...none, title: '不是网页' },
        ],
      },
      { cards: [{ ...none, title: '待办', description: '今天\n回访林小姐', url: 'https://example.com/b', foot: '详情' }] },
      { cards: [{ ...none, title: '新订单', rows: [{ key: '金额', value: '¥ 520' }], foot: '小程序' }] },
      { cards: [{ ...none, title: '周报', description: '6月第2周', url: 'https://example.com/c' }] },
    ],
  });
});
