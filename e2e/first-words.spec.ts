import type { FrameLocator } from '@playwright/test';
import { expect, guide, holdBackTheApp, openChat, openSidebarOnPhone, test } from './simulated-wecom.ts';

const appIsThere = (sidebar: FrameLocator) => expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();

/** Where the words stand that the guide reads first and the button that sends them. */
async function places(sidebar: FrameLocator) {
  const boxes = {
    name: sidebar.locator('.strip h1 .name'),
    source: sidebar.locator('.strip .source'),
    meta: sidebar.locator('.now-card .meta').first(),
    message: sidebar.locator('.now-card .message').first(),
    reason: sidebar.locator('.now-card .reason span').first(),
    send: sidebar.locator('.now-card .send').first(),
  };
  const read = async ([what, place]: [string, typeof boxes.name]) => {
    const box = await place.boundingBox();
    const text = await place.textContent();
    return [
      what,
      { x: Math.round(box?.x ?? -1), y: Math.round(box?.y ?? -1), height: Math.round(box?.height ?? -1), text: text?.trim() },
    ] as const;
  };
  return Object.fromEntries(await Promise.all(Object.entries(boxes).map(read)));
}

for (const width of [1440, 360, 320])
  test(`the first words stand where the app draws them, at ${width} px`, async ({ page, sim }) => {
    await page.setViewportSize({ width, height: 900 });
    const letThrough = await holdBackTheApp(page);
    const chat = await sim.customerOf(guide, '吴先生');
    const sidebar = await (width < 1000 ? openSidebarOnPhone : openChat)(page, chat);
    await expect(sidebar.getByRole('button', { name: '发送' })).toBeVisible();
    const before = await places(sidebar);
    expect(await sidebar.getByRole('button', { name: /^阶段：/ }).count()).toBe(0);
    letThrough();
    await appIsThere(sidebar);
    expect(await places(sidebar)).toEqual(before);
  });

test('a tap on the first words is a send, once the app is there', async ({ page, sim }) => {
  const letThrough = await holdBackTheApp(page);
  const chat = await sim.customerOf(guide, '吴先生');
  const sent = async () => (await sim.messages(guide, chat)).filter(({ via }) => via === 'sidebar').length;
  const before = await sent();
  const sidebar = await openChat(page, chat);
  const send = sidebar.getByRole('button', { name: '发送' });
  await expect(send).toBeVisible();
  await send.dblclick();
  expect(await sent()).toBe(before);
  letThrough();
  await appIsThere(sidebar);
  await expect.poll(sent).toBeGreaterThan(before);
  await expect(sidebar.getByText('发出', { exact: false }).first()).toBeVisible();
});
