import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { openConsole, operator, product } from './console.ts';
import { firstText } from './script-editor.ts';
import { expect, test } from './simulated-wecom.ts';

/** Gives a table to the import page; answers once it has been read. */
async function importTable(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.getByLabel('选表格').setInputFiles(file);
  await expect(page.getByText(/试读好了，还没有改任何话术|这个文件没法读/)).toBeVisible({ timeout: 20_000 });
}

test('a table is tried first, told row by row, its refused rows come back as a file, and applying it survives a reload', async ({
  page,
}) => {
  const run = randomUUID().slice(0, 8);
  const table = [
    '编号,文件夹,标题,用途,消息1',
    `${run}-1,新客欢迎,从表格来的第一条 ${run},服务,表格里的话`,
    `${run}-2,新客欢迎,从表格来的第二条,随便,用途写错了`,
    `${run}-3,新客欢迎,从表格来的第三条 ${run},服务,"'=1+1，不会被算出来"`,
  ];
  await openConsole(page, '/admin/scripts/import', operator);
  await importTable(page, { name: '话术.csv', mimeType: 'text/csv', buffer: Buffer.from(table.join('\n')) });
  await expect(page.getByRole('button', { name: '有问题 1' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('row', { name: /从表格来的第二条/ })).toContainText('写「服务」或「营销」');
  const errors = await page.request.get(
    product + ((await page.getByRole('link', { name: '下载有问题的 1 行' }).getAttribute('href')) ?? ''),
  );
  expect(errors.headers()['content-type']).toContain('spreadsheetml');

  await page.reload();
  await page.getByRole('button', { name: '写入 2 条' }).click();
  await page.reload();
  await expect(page.getByText('写好了').first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: '看话术库' }).click();
  await expect(page.getByRole('link', { name: `从表格来的第一条 ${run}` })).toBeVisible();
  await page.getByRole('link', { name: `从表格来的第三条 ${run}` }).click();
  await expect(firstText(page)).toHaveValue('=1+1，不会被算出来');
});

test('a picture that is called a table, and a file that is too large, get a clear answer', async ({ page }) => {
  await openConsole(page, '/admin/scripts/import', operator);
  const buffer = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
  await page.getByLabel('选表格').setInputFiles({ name: '话术.xlsx', mimeType: 'application/vnd.ms-excel', buffer });
  await expect(page.getByRole('alert').filter({ hasText: '这是一张图片' })).toBeVisible({ timeout: 20_000 });

  // What is too large is not even sent.
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await page.getByRole('button', { name: '换一个表格' }).click();
  const large = { name: '全部.xlsx', mimeType: 'application/vnd.ms-excel', buffer: Buffer.alloc(21 * 1024 * 1024) };
  await page.getByLabel('选表格').setInputFiles(large);
  await expect(page.getByRole('alert').filter({ hasText: '最多收 20 MB' })).toBeVisible();
  expect(sent).toEqual([]);
});
