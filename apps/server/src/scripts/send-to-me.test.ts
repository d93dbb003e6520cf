import type { Part } from '@nextline/contract';
import { deflateSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditLog } from '../audit/audit.table.ts';
import { staff } from '../identity/identity.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { storeMedia } from './store-media.ts';
import { consoleOf } from './test-console.ts';

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), deflateSync(Buffer.alloc(64))]);

let app: TestApp;
let web: ReturnType<typeof consoleOf>;
let picture: Part;
beforeAll(async () => {
  app = await startTestApp({ wecom: 'simulator' });
  const { db, clock, config } = app.deps;
  const { corpId } = config.wecom;
  const person = (staffUserId: string, role: 'operator' | 'auditor') => ({
    corpId,
    staffUserId,
    name: staffUserId,
    role,
    syncedAt: clock.now(),
  });
  await db
    .insert(staff)
    .values([person('luyiming', 'operator'), person('shenqiao', 'operator'), person('hexin', 'auditor'), person('nobody', 'operator')]);
  picture = { kind: 'image', media: await storeMedia(db, corpId, { fileName: '一周.png', bytes: png }, clock.now()) };
  web = consoleOf(app);
});
afterAll(() => app.close());
const got = () => (app.simulator?.world.appMessages ?? []).map(({ to, msgtype, content }) => ({ to, msgtype, content }));
beforeEach(() => {
  if (app.simulator) app.simulator.world.appMessages = [];
});

const send = (parts: Part[], who = 'luyiming') => web.call(who, 'POST', '/scripts/send-to-me', { title: '一周回访', parts });
const fault = (path: string, errcode: number) =>
  fetch(`${app.simulator?.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path, errcode, times: 1, skip: 1 }),
  });

test('each part comes as a message of the app, to whoever asked and nobody else', async () => {
  if (picture.kind !== 'image') throw new Error('the picture is one');
  const cover = picture.media;
  const answer = await send([
    { kind: 'text', text: '林小姐，用得怎么样' },
    picture,
    { kind: 'link', title: '手法', description: '三步', url: 'https://suheng.example/a', cover },
    { kind: 'miniprogram', title: '肤质三问', appId: 'wx5a3f0c9b7e2d4186', page: 'pages/quiz.html', cover },
  ]);
  expect(answer.json()).toEqual({ messages: 4 });
  const picurl = `${app.deps.config.publicUrl}/media/${cover.sha256}`;
  expect(got()).toEqual([
    { to: ['luyiming'], msgtype: 'text', content: { content: '林小姐，用得怎么样' } },
    { to: ['luyiming'], msgtype: 'image', content: { media_id: expect.any(String) } },
    {
      to: ['luyiming'],
      msgtype: 'news',
      content: { articles: [{ title: '手法', description: '三步', picurl, url: 'https://suheng.example/a' }] },
    },
    {
      to: ['luyiming'],
      msgtype: 'news',
      content: { articles: [{ title: '肤质三问', picurl, appid: 'wx5a3f0c9b7e2d4186', pagepath: 'pages/quiz.html' }] },
    },
  ]);
  const [noted] = await app.deps.db.select().from(auditLog).where(eq(auditLog.action, 'script.send_to_me'));
  expect(noted).toMatchObject({ staffUserId: 'luyiming', subjectId: 'luyiming', detail: { title: '一周回访', messages: 4 } });
});

test('a text that is longer than such a message comes whole, in several', async () => {
  expect((await send([{ kind: 'text', text: '好'.repeat(1300) }])).json()).toEqual({ messages: 2 });
  expect(got().map(({ content }) => content)).toEqual([{ content: '好'.repeat(682) }, { content: '好'.repeat(618) }]);
});

test('what WeCom would refuse is not tried, and who only looks sends nothing', async () => {
  const refused = await send([
    { kind: 'text', text: '好' },
    { kind: 'text', text: ' ' },
  ]);
  expect([refused.statusCode, refused.json().error.code]).toEqual([422, 'script.not_ready']);
  expect((await send([{ kind: 'text', text: '好' }], 'hexin')).statusCode).toBe(403);
  expect(got()).toEqual([]);
});

test('what WeCom does not take is told in words: which message, why, and what has arrived', async () => {
  expect((await send([{ kind: 'text', text: '好' }], 'nobody')).json().error).toMatchObject({
    code: 'script.not_sent',
    message: '应用看不到你，发不到。请管理员把你加进应用的「可见范围」。',
  });
  await fault('message/send', 48002);
  // Another person: what one may get in a minute is used up by the tests above.
  const two = ['一', '二'].map((text) => ({ kind: 'text' as const, text }));
  const half = (await send(two, 'shenqiao')).json().error;
  expect(half.message).toBe('前 1 条发到了，第 2 条企业微信没有收：应用的设置不对，去「体检」看看（48002）。');
  expect(got()).toHaveLength(1);
});
