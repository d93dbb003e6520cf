import type { Page } from '@playwright/test';
import { openConsole } from './console.ts';
import { expect, test } from './simulated-wecom.ts';

/** The stages from left to right, without those who stand in none. */
const order = async (page: Page) => (await page.locator('.columns .column:not(.none) h2').allInnerTexts()).map((name) => name.trim());

test('stages are put into another order with the mouse and with the keyboard, and stay so', async ({ page }) => {
  await openConsole(page, '/admin/stages');
  await expect.poll(async () => (await order(page)).length).toBeGreaterThan(3);
  const [first = '', second = '', third = '', ...rest] = await order(page);
  const column = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });

  await column(first).dragTo(column(third));
  const dragged = [second, third, first, ...rest];
  await expect.poll(() => order(page)).toEqual(dragged);
  await page.reload();
  await expect.poll(() => order(page)).toEqual(dragged);

  for (const after of [
    [second, first, third, ...rest],
    [first, second, third, ...rest],
  ]) {
    const menu = page.getByRole('button', { name: `「${first}」的操作` });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: '往前' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => order(page)).toEqual(after);
  }
  await page.reload();
  await expect.poll(() => order(page)).toEqual([first, second, third, ...rest]);
});
