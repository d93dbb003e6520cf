import type { Locator } from '@playwright/test';
import { expect, guide, openChat, openSidebarOnPhone, test } from './simulated-wecom.ts';

test('the keyboard does it all: 1 sends the first card, / searches, Enter sends, Esc leaves', async ({ page, sim }) => {
  const chat = await sim.newCustomer('键盘客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  const box = sidebar.getByRole('textbox', { name: '搜话术' });
  await expect(box).toBeVisible();
  const sent = async () => (await sim.messages(guide, chat)).filter((message) => message.via === 'sidebar').length;
  await sidebar.getByRole('heading', { name: '现在该说' }).click();
  await page.keyboard.press('1');
  await expect.poll(sent).toBe(1);
  await page.keyboard.press('/');
  await expect(box).toBeFocused();
  await box.pressSequentially('hjfh');
  await box.press('ArrowDown');
  await box.press('Enter');
  await expect.poll(sent).toBe(2);
  // The first Esc clears what was typed, the second leaves.
  await box.press('Escape');
  await box.press('Escape');
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
});

for (const width of [320, 360, 1280])
  for (const colorScheme of ['light', 'dark'] as const)
    test.describe(`at ${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 800 }, colorScheme });
      test('nothing is wider than the panel, in the colours that were asked for', async ({ page, sim }) => {
        const lin = await sim.customerOf(guide, '林小姐');
        await (width <= 860 ? openSidebarOnPhone(page, lin) : openChat(page, lin));
        const find = () => page.frames().find((candidate) => candidate.url().includes('/sidebar/'));
        await expect.poll(() => find()?.url()).toBeTruthy();
        const sidebar = find();
        if (!sidebar) throw new Error('the client shows no sidebar');
        await sidebar.getByRole('button', { name: /^阶段：/ }).waitFor();
        const look = await sidebar.evaluate(() => ({
          tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          dark: document.documentElement.getAttribute('theme-mode') === 'dark',
          page: getComputedStyle(document.documentElement).getPropertyValue('--nl-page').trim().toLowerCase(),
        }));
        expect(look).toEqual({ tooWide: 0, dark: colorScheme === 'dark', page: colorScheme === 'dark' ? '#111415' : '#f3f5f5' });
      });
    });

/** Below 16 px, an iPhone zooms the page to a field that gets the focus. */
const look = (field: Locator) =>
  field.evaluate((element) => ({
    large: parseFloat(getComputedStyle(element).fontSize) >= 16,
    tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));

test.describe('at 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 } });
  test('no field makes an iPhone zoom, and no sheet is wider than the panel', async ({ page, sim }) => {
    const sidebar = await openSidebarOnPhone(page, await sim.newCustomer('手机上写字的客户', guide));
    await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
    const fine = { large: true, tooWide: 0 };
    await sidebar.getByRole('button', { name: '更多' }).click();
    await sidebar.getByRole('button', { name: '写备注' }).click();
    expect(await look(sidebar.getByRole('textbox', { name: '备注', exact: true }))).toEqual(fine);
    await page.keyboard.press('Escape');
    await sidebar.getByRole('button', { name: '加标签' }).click();
    expect(await look(sidebar.getByRole('searchbox', { name: '搜标签，支持拼音' }))).toEqual(fine);
    await sidebar.getByRole('button', { name: '完成' }).click();
    await sidebar.getByRole('button', { name: '编辑后发送' }).first().click();
    expect(await look(sidebar.getByRole('dialog').getByRole('textbox').first())).toEqual(fine);
    await sidebar.getByRole('button', { name: '不发了' }).click();
    await sidebar.getByRole('textbox', { name: '搜话术' }).fill('老客回补提醒（空瓶前）');
    await sidebar.getByRole('button', { name: '发送「老客回补提醒（空瓶前）」' }).click();
    const sheet = sidebar.getByRole('dialog', { name: '补上再发' });
    await sheet.getByRole('button', { name: '自己填' }).first().click();
    const hole = sheet.locator('form input');
    expect(await look(hole)).toEqual(fine);
    await hole.fill('舒缓精华');
    await sheet.getByRole('button', { name: '填上' }).click();
    await expect(sheet.getByRole('textbox').first()).toHaveValue(/舒缓精华/);
  });
});
