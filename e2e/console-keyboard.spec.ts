import type { Locator, Page } from '@playwright/test';
import { admin, openConsole, operator } from './console.ts';
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

test('a script is written, handed over, sent back, mended and passed with the keyboard alone', async ({ page, browser }) => {
  test.setTimeout(60_000);
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
  const handOver = async () => {
    await go(page, page.getByRole('button', { name: '提交审核' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByText('提交了，等同事审核')).toBeVisible();
  };
  await handOver();

  // The reviewer finds it from where the console opens.
  const reviewer = await (await browser.newContext()).newPage();
  const openIt = async () => {
    await openConsole(reviewer, '/admin/', admin);
    await go(reviewer, reviewer.getByRole('link', { name: /话术库.*待审/ }), 'Shift+Tab');
    await reviewer.keyboard.press('Enter');
    await go(reviewer, reviewer.getByRole('link', { name: '只用键盘写的话术' }));
    await reviewer.keyboard.press('Enter');
    await expect(reviewer.getByText('这条在等你审核。')).toBeVisible();
  };
  await openIt();
  await go(reviewer, reviewer.getByRole('button', { name: '退回' }));
  await reviewer.keyboard.press('Enter');
  const dialog = reviewer.getByRole('dialog', { name: '退回给作者' });
  await go(reviewer, dialog.getByRole('textbox'));
  await reviewer.keyboard.type('再短一点');
  await go(reviewer, dialog.getByRole('button', { name: '退回' }));
  await reviewer.keyboard.press('Enter');
  await expect(reviewer.getByText('退回给作者了')).toBeVisible();

  await page.reload();
  await expect(page.getByText('再短一点')).toBeVisible();
  await go(page, firstText(page));
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await isSaved(page);
  await handOver();

  await openIt();
  await go(reviewer, reviewer.getByRole('button', { name: '通过' }));
  await reviewer.keyboard.press('Enter');
  await expect(reviewer.getByText('通过了，侧边栏马上能用')).toBeVisible();
  await reviewer.context().close();
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
