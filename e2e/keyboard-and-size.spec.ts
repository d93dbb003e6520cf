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
