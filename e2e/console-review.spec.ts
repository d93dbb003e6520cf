import { admin, operator } from './console.ts';
import { at, firstText, isSaved, publish, write } from './script-editor.ts';
import { expect, test } from './simulated-wecom.ts';

test('a reviewer sends it back with a reason, the author mends it, and it is published', async ({ browser }) => {
  const desk = await at(browser, '/admin/scripts', operator);
  await write(desk, { title: '要退回一次的话术', text: '第一版' });
  await desk.getByRole('button', { name: '提交审核' }).click();
  await expect(desk.getByText('提交了，等同事审核')).toBeVisible();
  await expect(desk.getByRole('button', { name: '通过' })).toHaveCount(0);

  const reviewer = await at(browser, '/admin/scripts/review', admin);
  await reviewer.getByRole('link', { name: '要退回一次的话术' }).click();
  await reviewer.getByRole('button', { name: '退回' }).click();
  const dialog = reviewer.getByRole('dialog', { name: '退回给作者' });
  await dialog.getByRole('button', { name: '退回' }).click();
  await expect(dialog.getByText('写一句哪里要改，作者好知道。')).toBeVisible();
  await dialog.getByRole('textbox').fill('语气再软一点');
  await dialog.getByRole('button', { name: '退回' }).click();
  await expect(reviewer.getByText('退回给作者了')).toBeVisible();

  await desk.reload();
  await expect(desk.getByText('语气再软一点')).toBeVisible();
  await firstText(desk).fill('第二版');
  await isSaved(desk);
  await publish(desk, reviewer);
  await desk.context().close();
  await reviewer.context().close();
});

test('an older version is compared and restored, and what is online changes only after review', async ({ browser }) => {
  const desk = await at(browser, '/admin/scripts', operator);
  const reviewer = await at(browser, '/admin/scripts/review', admin);
  await write(desk, { title: '会退回旧版的话术', text: '第一版的话，{客户称呼}' });
  await publish(desk, reviewer);
  await desk.reload();
  await firstText(desk).fill('第二版的话，{客户称呼}');
  await isSaved(desk);
  await publish(desk, reviewer);

  await desk.reload();
  await desk.getByRole('button', { name: '版本', exact: true }).click();
  const drawer = desk.getByRole('complementary', { name: '版本' });
  await drawer.getByRole('button', { name: /^v1/ }).click();
  await expect(drawer.locator('del').getByText('第一')).toBeVisible();
  await expect(drawer.locator('ins').getByText('第二')).toBeVisible();
  await drawer.getByRole('button', { name: '恢复成 v1' }).click();
  await expect(firstText(desk)).toHaveValue('第一版的话，{客户称呼}');
  await expect(desk.getByText('草稿', { exact: true }).first()).toBeVisible();
  await publish(desk, reviewer);
  await desk.reload();
  await expect(firstText(desk)).toHaveValue('第一版的话，{客户称呼}');
  await desk.context().close();
  await reviewer.context().close();
});
