import type { FrameLocator } from '@playwright/test';
import { expect, guide, holdBackTheApp, openChat, sidebarOf, type SimulatedWeCom, test } from './simulated-wecom.ts';

/** Finds a script by its title and sends it with the round button of its row. */
async function sendFromLibrary(sidebar: FrameLocator, title: string): Promise<void> {
  await sidebar.getByRole('textbox', { name: '搜话术' }).fill(title);
  await sidebar.getByRole('button', { name: `发送「${title}」` }).click();
}

async function viaSidebar(sim: SimulatedWeCom, chat: string): Promise<string[]> {
  return (await sim.messages(guide, chat)).filter((message) => message.via === 'sidebar').map((message) => message.msgtype);
}

test('one tap puts the words into the conversation, once, however often it is pressed', async ({ page, sim }) => {
  const lin = await sim.customerOf(guide, '林小姐');
  const before = await viaSidebar(sim, lin);
  const sidebar = await openChat(page, lin);
  const send = sidebar.getByRole('button', { name: '发送' }).first();
  await expect(send).toBeVisible();
  await send.dblclick();
  await expect.poll(async () => (await viaSidebar(sim, lin)).length).toBeGreaterThan(before.length);
  await expect(sidebar.getByText('发出', { exact: false }).first()).toBeVisible();
  const sent = (await sim.messages(guide, lin)).filter((message) => message.via === 'sidebar').slice(before.length);
  const texts = sent.filter((message) => message.msgtype === 'text').map((message) => message.text);
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts[0]).toContain('林小姐');
  await expect(page.getByLabel(/和.*的聊天/).getByText(texts[0] ?? '')).toBeVisible();
  await expect(page.getByLabel('客户的手机').getByText(texts[0] ?? '')).toBeVisible();
});

// Service scripts all of them: marketing would be refused between 22:00 and 08:00 in Shanghai, whenever that is for whoever runs this.
const kinds = [
  { kind: 'text', msgtype: 'text', title: '换季泛红，精华怎么用' },
  { kind: 'image', msgtype: 'image', title: '敏感肌先在手臂试一下' },
  { kind: 'link', msgtype: 'news', title: '南京西路店怎么走' },
  { kind: 'miniprogram', msgtype: 'miniprogram', title: '会员积分能换什么' },
  { kind: 'video', msgtype: 'video', title: '精华上脸手法 40 秒' },
  { kind: 'file', msgtype: 'file', title: '成分表与过敏原说明' },
];

for (const { kind, msgtype, title } of kinds)
  test(`a ${kind} part arrives as a ${msgtype} message`, async ({ page, sim }) => {
    const chat = await sim.newCustomer(`收${msgtype}的客户`, guide);
    const sidebar = await openChat(page, chat);
    await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
    await sendFromLibrary(sidebar, title);
    await expect.poll(() => viaSidebar(sim, chat)).toContain(msgtype);
  });

test('several parts go in order; when one fails the rest waits, and goes on from there', async ({ page, sim }) => {
  const chat = await sim.newCustomer('分几条收的客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await sim.fault({ path: 'bridge/sendChatMessage', errmsg: 'fail', skip: 1, times: 1 });
  await sendFromLibrary(sidebar, '早晚各做哪几步');
  await expect(sidebar.getByText('第 2 条没发出去，前 1 条客户已收到。').first()).toBeVisible();
  const first = await viaSidebar(sim, chat);
  expect(first).toHaveLength(1);
  // Half of it is with her: a new page offers the rest as well, also when the panel is there before the app is.
  const letThrough = await holdBackTheApp(page);
  await page.reload();
  await expect(sidebar.locator('.now-card .message').first()).toBeVisible();
  letThrough();
  await expect(sidebar.getByText('第 2 条没发出去，前 1 条客户已收到。').first()).toBeVisible();
  await sidebar.getByRole('button', { name: '从第 2 条接着发' }).click();
  await expect.poll(async () => (await viaSidebar(sim, chat)).length).toBe(3);
  await expect(sidebar.getByText('发出去了', { exact: false }).first()).toBeVisible();
});

test('a second device leaves a send that is under way to the first, and each part arrives once', async ({ page, context, sim }) => {
  const chat = await sim.newCustomer('两台设备的客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await sim.fault({ path: 'bridge/sendChatMessage', delay_ms: 6_000, skip: 1, times: 1 });
  const reported = page.waitForResponse((answer) => answer.url().endsWith('/parts/1') && answer.ok());
  await sendFromLibrary(sidebar, '早晚各做哪几步');
  await reported;
  const other = await openChat(await context.newPage(), chat);
  await expect(other.getByText('正在另一台设备发送，前 1 条客户已收到。').first()).toBeVisible();
  await expect(other.getByRole('button', { name: /接着发/ })).toHaveCount(0);
  await expect.poll(async () => (await viaSidebar(sim, chat)).length, { timeout: 15_000 }).toBe(3);
  await expect(sidebar.getByText('发出去了', { exact: false }).first()).toBeVisible();
});

test('whoever changes the chat between two parts sends the rest to nobody, and goes on when back', async ({ page, sim }) => {
  const lin = await sim.customerOf(guide, '林小姐');
  const before = (await viaSidebar(sim, lin)).length;
  const chat = await sim.newCustomer('中途换走的客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await sim.fault({ path: 'bridge/sendChatMessage', delay_ms: 2_000, times: 1 });
  const started = page.waitForResponse((answer) => answer.url().endsWith('/sends') && answer.ok());
  const reported = page.waitForResponse((answer) => answer.url().endsWith('/parts/1') && answer.ok());
  await sendFromLibrary(sidebar, '早晚各做哪几步');
  await started;
  // With the first part in the client's hands: the moment before belongs to whoever is quicker.
  await expect(sidebar.getByText('正在发').first()).toBeVisible();
  await page.locator(`[data-chat="${lin}"]`).click();
  await expect(sidebar.getByText('林小姐').first()).toBeVisible();
  await reported;
  expect([(await viaSidebar(sim, chat)).length, (await viaSidebar(sim, lin)).length - before]).toEqual([1, 0]);
  await page.locator(`[data-chat="${chat}"]`).click();
  await sidebar.getByRole('button', { name: '从第 2 条接着发' }).click();
  await expect.poll(async () => (await viaSidebar(sim, chat)).length).toBe(3);
  expect((await viaSidebar(sim, lin)).length).toBe(before);
});

test('a cancel in the client is recorded as a cancel and not asked again', async ({ page, sim }) => {
  const chat = await sim.newCustomer('取消的客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await sim.fault({ path: 'bridge/sendChatMessage', errmsg: 'cancel', times: 1 });
  await sendFromLibrary(sidebar, '换季泛红，精华怎么用');
  await expect(sidebar.getByText('你取消了发送，已记下，不会再问。').first()).toBeVisible();
  expect(await viaSidebar(sim, chat)).toEqual([]);
  await page.reload();
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await expect(sidebar.getByText('没发完', { exact: false })).toHaveCount(0);
});

test('a lost reply is one send, not two: the network is cut between the send and its report', async ({ page, sim }) => {
  const chat = await sim.newCustomer('断网时的客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  // The message goes out slowly; meanwhile the network of the guide goes away, so that the result cannot be reported.
  await sim.fault({ path: 'bridge/sendChatMessage', delay_ms: 1_500, times: 1 });
  const started = page.waitForResponse((answer) => answer.url().endsWith('/sends') && answer.ok());
  await sendFromLibrary(sidebar, '换季泛红，精华怎么用');
  await started;
  await sim.fault({ path: 'webview/request', drop: true });
  await expect.poll(async () => (await viaSidebar(sim, chat)).length).toBe(1);
  const box = sidebar.getByRole('textbox', { name: '搜话术' });
  await box.press('Escape');
  await box.press('Escape');
  await expect(sidebar.getByText('还有 1 条发送结果没报上去')).toBeVisible();
  await sim.clearFaults();
  await page.reload();
  await expect(sidebarOf(page).getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await expect(sidebar.getByText(/没报上去/)).toHaveCount(0, { timeout: 15_000 });
  await sidebar.getByRole('tab', { name: '轨迹' }).click();
  await expect(sidebar.getByRole('tabpanel').getByText('换季泛红，精华怎么用')).toHaveCount(1);
  expect(await viaSidebar(sim, chat)).toHaveLength(1);
});

test('the network goes in the middle of three parts: what arrived is said, the rest goes on when it is back, each part once', async ({
  page,
  sim,
}) => {
  const chat = await sim.newCustomer('断在中间的客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  // The second part is on its way when the network goes; it arrives, its result cannot be told, and the third does not leave the client.
  await sim.fault({ path: 'bridge/sendChatMessage', delay_ms: 1_500, skip: 1, times: 1 });
  await sim.fault({ path: 'bridge/sendChatMessage', errmsg: 'fail', times: 1 });
  const reported = page.waitForResponse((answer) => answer.url().endsWith('/parts/1') && answer.ok());
  await sendFromLibrary(sidebar, '早晚各做哪几步');
  await reported;
  await sim.fault({ path: 'webview/request', drop: true });
  await expect(sidebar.getByText('第 3 条没发出去，前 2 条客户已收到。').first()).toBeVisible();
  const goOn = sidebar.getByRole('button', { name: '从第 3 条接着发' });
  await goOn.click();
  await expect(sidebar.getByText('没连上服务器，前 2 条客户已收到。').first()).toBeVisible();
  expect(await viaSidebar(sim, chat)).toEqual(['text', 'image']);

  // The client was never asked to go on, so a new page offers it as the old one did.
  await sim.clearFaults();
  await page.reload();
  await expect(sidebar.getByText('上次没发完，前 2 条客户已收到。').first()).toBeVisible();
  await goOn.click();
  await expect.poll(() => viaSidebar(sim, chat)).toEqual(['text', 'image', 'news']);
  await expect(sidebar.getByText('发出去了', { exact: false }).first()).toBeVisible();
  await page.reload();
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await sidebar.getByRole('tab', { name: '轨迹' }).click();
  await expect(sidebar.getByRole('tabpanel').getByText('早晚各做哪几步')).toHaveCount(1);
  await expect(sidebar.getByText('没发完', { exact: false })).toHaveCount(0);
  expect(await viaSidebar(sim, chat)).toEqual(['text', 'image', 'news']);
});

test('words can be changed before they are sent', async ({ page, sim }) => {
  const chat = await sim.newCustomer('改一改的客户', guide);
  const sidebar = await openChat(page, chat);
  await sidebar.getByRole('button', { name: '编辑后发送' }).first().click();
  const sheet = sidebar.getByRole('dialog');
  const words = sheet.getByRole('textbox').first();
  await words.fill('您好，我是南京西路店的小周，有事随时说。');
  await sheet.getByRole('button', { name: '发送' }).click();
  await expect
    .poll(async () => (await sim.messages(guide, chat)).map((message) => message.text))
    .toContain('您好，我是南京西路店的小周，有事随时说。');
});

test('a variable that nothing fills blocks the send and says which', async ({ page, sim }) => {
  const chat = await sim.newCustomer('没订单的客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await sendFromLibrary(sidebar, '老客回补提醒（空瓶前）');
  await expect(sidebar.getByText('没有订单记录，缺「上次买的产品」', { exact: true })).toBeVisible();
  expect(await viaSidebar(sim, chat)).toEqual([]);
});

test('another suggestion takes the place of the first', async ({ page, sim }) => {
  const sidebar = await openChat(page, await sim.customerOf(guide, '吴先生'));
  const card = sidebar.getByRole('article').first();
  await expect(card).toBeVisible();
  const before = await card.innerText();
  await sidebar.getByRole('button', { name: '换一个' }).first().click();
  await expect.poll(async () => sidebar.getByRole('article').first().innerText()).not.toBe(before);
});

test('what was put off is among 待办 and no longer among what to say, behind the search and for a new page too', async ({ page, sim }) => {
  const sidebar = await openChat(page, await sim.newCustomer('改天再说的客户', guide));
  const words = sidebar.locator('.now-card .message');
  const putOff = await words.innerText();
  const tab = sidebar.getByRole('tab', { name: /^待办/ });
  const count = Number((await tab.innerText()).replace(/\D/g, ''));
  await sidebar.getByRole('button', { name: '推迟' }).click();
  await sidebar.getByRole('button', { name: '3 天后' }).click();
  await expect(tab).toHaveText(`待办${count + 1}`);
  const box = sidebar.getByRole('textbox', { name: '搜话术' });
  await box.focus();
  await expect(words).toHaveCount(0);
  await box.press('Escape');
  await expect(words).not.toHaveText(putOff);
  await page.reload();
  await expect(words).not.toHaveText(putOff);
  await expect(sidebar.getByRole('article').filter({ hasText: putOff })).toHaveCount(0);
  await tab.click();
  await expect(sidebar.getByRole('tabpanel').getByText('就是这位')).toHaveCount(1);
});

test('what a customer will get can be looked at before: a card with its picture, and a film that plays from its middle', async ({
  page,
  sim,
}) => {
  const sidebar = await openChat(page, await sim.customerOf(guide, '吴先生'));
  const box = sidebar.getByRole('textbox', { name: '搜话术' });
  // With the library there, the first row found unfolds by itself.
  await expect(sidebar.getByRole('button', { name: /^发送「/ }).first()).toBeVisible();
  await box.fill('会员积分能换什么');
  const card = sidebar.locator('.card').filter({ hasText: '会员积分' });
  await expect(card).toContainText('小程序');
  await expect.poll(() => card.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await box.fill('精华上脸手法 40 秒');
  await sidebar.getByRole('button', { name: /^播放 .*\.mp4$/ }).click();
  const film = sidebar.locator('video');
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.readyState)).toBeGreaterThanOrEqual(1);
  await film.evaluate((video: HTMLVideoElement) => {
    video.pause();
    video.currentTime = video.duration / 2;
  });
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => !video.seeking && video.currentTime > 0)).toBe(true);
});
