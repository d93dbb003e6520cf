import { readFile } from 'node:fs/promises';
import { openConsole, operator, product, scanAs } from './console.ts';
import { expect, test } from './simulated-wecom.ts';

test('an admin gives a role by hand and takes it back, and both stand in the audit log', async ({ page }) => {
  await openConsole(page, '/admin/people');
  await page.getByRole('searchbox', { name: '找姓名或账号' }).fill('徐安琪');
  const row = page.getByRole('row', { name: /徐安琪/ });
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(row).toContainText('南京西路店');
  await row.getByRole('button', { name: '修改 徐安琪' }).click();
  const dialog = page.getByRole('dialog', { name: '修改 徐安琪' });
  await expect(dialog.getByRole('button', { name: '保存' })).toBeDisabled();
  await dialog.getByRole('combobox', { name: '角色' }).selectOption('审计');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(row).toContainText('审计');
  await expect(row).toContainText('手动设的');

  await row.getByRole('button', { name: '修改 徐安琪' }).click();
  await dialog.getByRole('combobox', { name: '角色' }).selectOption('跟企业微信');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(row).toContainText('导购');
  await expect(row).not.toContainText('手动设的');

  await page.getByRole('link', { name: '操作记录' }).click();
  await page.getByRole('combobox', { name: '做了什么' }).selectOption('改了角色');
  await expect(page.getByRole('row', { name: /沈乔 改了角色 徐安琪 导购 → 审计/ })).toHaveCount(1);
  await expect(page.getByRole('row', { name: /徐安琪 审计 → 跟企业微信/ })).toHaveCount(1);
  // The filter is in the address.
  await page.reload();
  await expect(page.getByRole('row', { name: /改了角色/ })).toHaveCount(2);
});

test('the last admin reads why they stay one, and what was chosen is still there', async ({ page }) => {
  await openConsole(page, '/admin/people');
  await page.getByRole('searchbox', { name: '找姓名或账号' }).fill('沈乔');
  await page.getByRole('button', { name: '修改 沈乔' }).click();
  const dialog = page.getByRole('dialog', { name: '修改 沈乔' });
  await dialog.getByRole('combobox', { name: '角色' }).selectOption('导购');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('这是最后一位管理员。先给别人管理员，再改这一位。');
  await expect(dialog.getByRole('combobox', { name: '角色' })).toHaveValue('guide');
});

test('a store is made, refused a second time by the same name, and deleted', async ({ page }) => {
  await openConsole(page, '/admin/people?tab=stores');
  await expect(page.getByRole('row', { name: /南京西路店/ })).toContainText('来自企业微信');
  const dialog = page.getByRole('dialog', { name: '新建门店' });
  for (const refused of [false, true]) {
    await page.getByRole('button', { name: '新建门店' }).click();
    await dialog.getByRole('textbox', { name: '名字' }).fill('云店');
    await dialog.getByRole('button', { name: '保存' }).click();
    if (refused) await expect(dialog.getByRole('alert')).toHaveText('已经有一家「云店」。');
    else await expect(page.getByRole('row', { name: /云店/ })).toContainText('在这里建的');
  }
  await dialog.getByRole('button', { name: '取消' }).click();
  await page.getByRole('button', { name: '删除 云店' }).click();
  await page.getByRole('dialog', { name: '删除「云店」？' }).getByRole('button', { name: '删除' }).click();
  await expect(page.getByRole('row', { name: /云店/ })).toHaveCount(0);
});

test('whether operators see mobile numbers is one tick', async ({ page }) => {
  await openConsole(page, '/admin/people?tab=roles');
  const box = page.getByRole('checkbox', { name: '总部运营看到完整手机号' });
  await expect(box).not.toBeChecked();
  await box.check();
  await expect(page.getByRole('row', { name: /总部运营/ })).toContainText('完整显示');
  await box.uncheck();
  await expect(page.getByRole('row', { name: /总部运营/ })).toContainText('打码');
});

test('the audit log says that it is whole, and comes as a file that no spreadsheet calculates with', async ({ page }) => {
  await openConsole(page, '/admin/audit');
  await page.getByRole('button', { name: '查一遍' }).click();
  await expect(page.getByText(/最近 [\d,]+ 条都在，没有缺，也没有改。/)).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '导出 CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
  expect(await readFile(await file.path(), 'utf8')).toMatch(/^\uFEFF时间,成员,成员账号,操作,/);
});

test('an operator reads who works where, changes nothing, and has no audit log', async ({ page }) => {
  await page.goto(`${product}/admin/people`);
  await scanAs(page, operator);
  await expect(page.getByRole('row', { name: /周以宁/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^修改/ })).toHaveCount(0);
  await expect(page.getByRole('link', { name: '操作记录' })).toHaveCount(0);
  await page.goto(`${product}/admin/audit`);
  await expect(page.getByText('没有这一页')).toBeVisible();
});
