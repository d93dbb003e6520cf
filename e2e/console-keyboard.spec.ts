import type { Locator, Page } from '@playwright/test';
import { openConsole, operator } from './console.ts';
import { firstText, isSaved, title } from './script-editor.ts';
import { expect, test } from './simulated-wecom.ts';

const mostSteps = 60;

/** Goes on with the keyboard alone until this has the focus; what cannot be reached fails here. */
async function go(page: Page, to: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(to).toBeVisible();
  for (let step = 0; step < mostSteps; step += 1) {
    if (await to.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(to).toBeFocused();
}

test('a script is written and handed over with the keyboard alone', async ({ page }) => {
  await openConsole(page, '/admin/scripts', operator);
  await go(page, page.getByRole('button', { name: '写一条' }).first());
  await page.keyboard.press('Enter');
  await go(page, title(page));
  await page.keyboard.type('只用键盘写的话术');
  await go(page, firstText(page));
  await page.keyboard.type('手不离键盘');
  await isSaved(page);
  await go(page, page.getByText('更多设置'));
  await page.keyboard.press('Enter');
  await go(page, page.getByRole('textbox', { name: '客户问到' }));
  await page.keyboard.type('键盘怎么用');
  await page.keyboard.press('Enter');
  await go(page, page.getByRole('button', { name: '提交审核' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('提交了，等同事审核')).toBeVisible();
});

test('customers are filtered, and the filter taken away again, with the keyboard alone', async ({ page }) => {
  await openConsole(page, '/admin/customers', operator);
  await expect(page.getByRole('table')).toBeVisible();
  await go(page, page.getByRole('button', { name: '筛选' }));
  await page.keyboard.press('Enter');
  await go(page, page.getByRole('spinbutton', { name: /≥ 天/ }));
  await page.keyboard.type('30');
  await page.keyboard.press('Tab');
  const condition = page.getByRole('button', { name: /^去掉条件/ });
  await expect(condition).toHaveCount(1);
  await go(page, condition);
  await page.keyboard.press('Enter');
  await expect(condition).toHaveCount(0);
});
