import { openConsole, operator, product } from './console.ts';
import { at, firstText, isSaved, title } from './script-editor.ts';
import { expect, guide, openChat, test } from './simulated-wecom.ts';

test('scripts are chosen and moved together with a count before and an undo after', async ({ page }) => {
  await openConsole(page, '/admin/scripts?q=%E4%BC%9A%E5%91%98', operator);
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows.nth(2)).toBeVisible();
  await page
    .getByRole('checkbox', { name: /^选中「/ })
    .nth(0)
    .check();
  await page
    .getByRole('checkbox', { name: /^选中「/ })
    .nth(1)
    .check();
  const bar = page.getByRole('toolbar', { name: '批量操作' });
  await expect(bar.getByText('选了 2 条')).toBeVisible();
  await bar.getByRole('button', { name: '改有效期' }).click();
  const dialog = page.getByRole('dialog', { name: '改有效期' });
  await dialog.getByRole('combobox').selectOption('limited');
  await dialog.getByLabel('到哪天止').fill('2099-12-31');
  await expect(dialog.getByText('会改 2 条。')).toBeVisible();
  await dialog.getByRole('button', { name: '改 2 条' }).click();
  await expect(page.getByText('改好了 2 条')).toBeVisible();
  await expect(page.getByText(/至 2099年12月31日/)).toHaveCount(2);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(page.getByText('撤销了，2 条改回去了')).toBeVisible();
  await expect(page.getByText(/至 2099年12月31日/)).toHaveCount(0);
});

test('some stores without a store, and dates without a date, are no change yet: the button waits and says for what', async ({ page }) => {
  await openConsole(page, '/admin/scripts?q=%E4%BC%9A%E5%91%98', operator);
  await page
    .getByRole('checkbox', { name: /^选中「/ })
    .first()
    .check();
  const bar = page.getByRole('toolbar', { name: '批量操作' });
  const dialog = page.getByRole('dialog');
  const apply = dialog.getByRole('button', { name: /^改 \d+ 条$/ });
  const close = dialog.getByRole('button', { name: '取消' });
  await bar.getByRole('button', { name: '谁能看' }).click();
  await dialog.getByRole('combobox', { name: '谁能看' }).selectOption('stores');
  await expect(dialog.getByText('还没选门店，选了才会改。')).toBeVisible();
  await expect(apply).toBeDisabled();
  await dialog.getByPlaceholder('选门店').click();
  await page.locator('.t-select-option').first().click();
  await expect(dialog.getByText('会改 1 条。')).toBeVisible();
  await page.locator('.t-select-option').first().click();
  await expect(dialog.getByText('还没选门店，选了才会改。')).toBeVisible();
  await expect(apply).toBeDisabled();
  await dialog.getByRole('heading').click();
  await close.click();
  await bar.getByRole('button', { name: '改有效期' }).click();
  await dialog.getByRole('combobox').selectOption('limited');
  await expect(dialog.getByText('还没选日期，选了才会改。')).toBeVisible();
  await expect(apply).toBeDisabled();
  await dialog.getByLabel('到哪天止').fill('2099-12-31');
  await expect(dialog.getByText('会改 1 条。')).toBeVisible();
  await close.click();
});

test('a folder is made, named twice, ordered with the keyboard and deleted', async ({ page }) => {
  await openConsole(page, '/admin/scripts', operator);
  const folders = page.getByRole('navigation', { name: '文件夹' });
  await folders.getByRole('button', { name: '新建文件夹' }).click();
  await folders.getByRole('textbox', { name: '文件夹名' }).fill('节日问候');
  await folders.getByRole('textbox', { name: '文件夹名' }).press('Enter');
  const made = folders.getByRole('button', { name: /^节日问候/ });
  await expect(made).toBeVisible();
  const names = async () => folders.locator('.words').allInnerTexts();
  const before = (await names()).indexOf('节日问候');
  await made.press('Alt+ArrowUp');
  await expect.poll(async () => (await names()).indexOf('节日问候')).toBe(before - 1);
  await page.reload();
  await expect.poll(async () => (await names()).indexOf('节日问候')).toBe(before - 1);
  await made.hover();
  await folders.getByRole('button', { name: '「节日问候」的操作' }).click();
  await folders.getByRole('menuitem', { name: '删除' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
  await expect(made).toHaveCount(0);
});

test('a search in the sidebar that finds nothing becomes a script with one tap', async ({ page, browser, sim }) => {
  const sidebar = await openChat(page, await sim.newCustomer('问出新话术的客户', guide));
  await sidebar.getByRole('textbox', { name: '搜话术' }).fill('孕妇能不能用');
  await sidebar
    .getByRole('button', { name: /告诉总部/ })
    .first()
    .click();
  await sidebar
    .getByRole('button', { name: /告诉总部|发给总部|提交/ })
    .last()
    .click();
  await expect(sidebar.getByText('记下了，总部会看到。')).toBeVisible();
  const desk = await at(browser, '/admin/scripts/missing', operator);
  const row = desk.getByRole('row', { name: /孕妇能不能用/ });
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: '写这一条' }).click();
  await expect(title(desk)).toHaveValue('孕妇能不能用');
  await firstText(desk).fill('孕期先停用酸类，别的都可以照常用。');
  await isSaved(desk);
  await desk.goto(`${product}/admin/scripts/missing`);
  await expect(desk.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(desk.getByRole('row', { name: /孕妇能不能用/ })).toHaveCount(0);
  await desk.context().close();
});

test('a file in use is not deleted, and says which scripts hold it', async ({ page }) => {
  await openConsole(page, '/admin/scripts/media', operator);
  const used = page.locator('.tile').filter({ has: page.getByRole('button', { name: /^用在 \d+ 条话术里/ }) });
  await used
    .first()
    .getByRole('button', { name: /^删除 / })
    .click();
  await expect(page.getByRole('dialog')).toContainText('还在用，删不了');
});
