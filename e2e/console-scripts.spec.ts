import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { admin, openConsole, operator, product } from './console.ts';
import { expect, guide, openChat, test } from './simulated-wecom.ts';

/** Somebody at a desk of their own, in the console. */
async function at(browser: Browser, path: string, staff: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openConsole(page, path, staff);
  return page;
}

const firstText = (page: Page) => page.getByRole('textbox', { name: '第 1 条，文字' });
const title = (page: Page) => page.getByRole('textbox', { name: '标题', exact: true });
const isSaved = (page: Page) => expect(page.getByText(/\d\d:\d\d 已自动存/)).toBeVisible();

/** A new script of one text, saved by itself; the page stays on it. */
async function write(page: Page, words: { title: string; text: string }): Promise<void> {
  await page.getByRole('button', { name: '写一条' }).first().click();
  await title(page).fill(words.title);
  await firstText(page).fill(words.text);
  await isSaved(page);
}

/** Writes a script as the operator and lets the admin pass it. */
async function publish(desk: Page, reviewer: Page): Promise<void> {
  await desk.getByRole('button', { name: '提交审核' }).click();
  await expect(desk.getByText('提交了，等同事审核')).toBeVisible();
  await reviewer.goto(desk.url());
  await reviewer.getByRole('button', { name: '通过' }).click();
  await expect(reviewer.getByText('通过了，侧边栏马上能用')).toBeVisible();
}

test('what is typed is saved by itself, and markup, scripts and formulas stay text everywhere', async ({ page }) => {
  const nasty = '<img src=x onerror="document.title=\'pwned\'">=1+1';
  await openConsole(page, '/admin/scripts', operator);
  await write(page, { title: `${nasty}标题`, text: nasty });
  await expect(page.getByLabel('预览').getByText(nasty)).toBeVisible();
  await page.reload();
  await expect(title(page)).toHaveValue(`${nasty}标题`);
  await expect(firstText(page)).toHaveValue(nasty);
  await page.goto(`${product}/admin/scripts?q=onerror`);
  await expect(page.getByRole('link', { name: `${nasty}标题` }).first()).toBeVisible();
  expect(await page.title()).not.toBe('pwned');
  expect(await page.locator('img[src="x"]').count()).toBe(0);
});

test('HTML that is pasted comes in as its words', async ({ page }) => {
  await openConsole(page, '/admin/scripts', operator);
  await page.getByRole('button', { name: '写一条' }).first().click();
  await firstText(page).focus();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', '<b onclick="x()">粗体</b>');
    clipboardData.setData('text/plain', '粗体');
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    document.execCommand('insertText', false, clipboardData.getData('text/plain'));
  });
  await expect(firstText(page)).toHaveValue('粗体');
});

test('a variable goes in at the caret as one thing, and is taken out as one', async ({ page }) => {
  await openConsole(page, '/admin/scripts', operator);
  await page.getByRole('button', { name: '写一条' }).first().click();
  const text = firstText(page);
  await text.fill('您好');
  await text.press('Home');
  await page.getByRole('button', { name: '客户称呼', exact: true }).click();
  await expect(text).toHaveValue('{客户称呼}您好');
  await text.press('ArrowLeft');
  await text.pressSequentially('哈');
  await expect(text).toHaveValue('哈{客户称呼}您好');
  await text.press('End');
  for (const _ of '您好') await text.press('ArrowLeft');
  await text.press('Backspace');
  await expect(text).toHaveValue('哈您好');
  await text.press('Control+z');
  await expect(text).toHaveValue('哈{客户称呼}您好');
  await expect(page.getByLabel('预览').getByText('哈林小姐您好')).toBeVisible();
});

test('what an input method composes is shown while it is composed, and only its words stay', async ({ page, context }) => {
  await openConsole(page, '/admin/scripts', operator);
  await page.getByRole('button', { name: '写一条' }).first().click();
  const text = firstText(page);
  await text.fill('{客户称呼}');
  await text.press('End');
  const keyboard = await context.newCDPSession(page);
  await keyboard.send('Input.imeSetComposition', { text: 'ninhao', selectionStart: 6, selectionEnd: 6 });
  await expect(page.locator('.composing')).toHaveText('ninhao');
  await keyboard.send('Input.insertText', { text: '您好' });
  await expect(text).toHaveValue('{客户称呼}您好');
  await expect(page.locator('.composing')).toHaveCount(0);
});

test('a session that ends while somebody writes loses nothing, not even when the page is opened anew', async ({ page, context }) => {
  await openConsole(page, '/admin/scripts', operator);
  await write(page, { title: '写到一半登录过期的话术', text: '第一句' });
  await context.clearCookies({ domain: 'localhost' });
  await firstText(page).fill('第一句，过期以后写的');
  await expect(page.getByRole('dialog', { name: '登录过期了' })).toBeVisible();
  const address = new URL(page.url()).pathname;
  page.on('dialog', (dialog) => void dialog.accept());
  await openConsole(page, address, operator);
  await expect(firstText(page)).toHaveValue('第一句，过期以后写的');
  await isSaved(page);
});

test('a forbidden word is marked while it is typed, and one tap puts the better one in', async ({ page }) => {
  await openConsole(page, '/admin/scripts', operator);
  await page.getByRole('button', { name: '写一条' }).first().click();
  await firstText(page).fill('这是最有效的办法');
  const better = page.getByRole('button', { name: /^换成「/ }).first();
  await expect(better).toBeVisible();
  const words = /「(.+)」/.exec(await better.innerText())?.[1] ?? '';
  await better.click();
  await expect(firstText(page)).toHaveValue(`这是${words}的办法`);
});

test('a script with an error cannot go to review, and says where it is', async ({ page }) => {
  await openConsole(page, '/admin/scripts', operator);
  await page.getByRole('button', { name: '写一条' }).first().click();
  await title(page).fill('还差一条的话术');
  await expect(page.getByText('这条是空的，写点什么或者删掉它。')).toBeVisible();
  await expect(page.getByRole('button', { name: '提交审核' })).toBeDisabled();
  await page.getByRole('button', { name: '看第一处' }).click();
  await expect(firstText(page)).toBeFocused();
});

test('two people change one script: the second sees both and chooses, and nothing typed is lost', async ({ browser }) => {
  const first = await at(browser, '/admin/scripts', operator);
  await write(first, { title: '两个人一起改的话术', text: '原来的话' });
  const second = await at(browser, new URL(first.url()).pathname, admin);
  await expect(firstText(second)).toHaveValue('原来的话');

  await firstText(first).fill('陆一鸣改的话');
  await expect(first.getByText('正在写')).toBeVisible();
  await isSaved(first);
  await firstText(second).fill('沈乔改的话');
  const dialog = second.getByRole('dialog', { name: /刚改过这条话术/ });
  await expect(dialog).toBeVisible();
  await expect(dialog.locator('del').getByText('陆一鸣')).not.toHaveCount(0);
  await dialog.getByRole('button', { name: '用我的，盖过去' }).click();
  await isSaved(second);
  await expect(firstText(second)).toHaveValue('沈乔改的话');

  await firstText(first).fill('陆一鸣又改的话');
  const again = first.getByRole('dialog', { name: /刚改过这条话术/ });
  await again.getByRole('button', { name: /^用 沈乔 的/ }).click();
  await expect(firstText(first)).toHaveValue('沈乔改的话');
  await first.context().close();
  await second.context().close();
});

test('what was typed without a connection is kept through a reload and saved once there is one', async ({ page, context }) => {
  await openConsole(page, '/admin/scripts', operator);
  await write(page, { title: '断网时写的话术', text: '第一句' });
  await page.route('**/draft', (route) => route.abort());
  await firstText(page).fill('第一句，断网以后的');
  await expect(page.getByText('网络断了，内容留在这台电脑上，连上就存')).toBeVisible();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(firstText(page)).toHaveValue('第一句，断网以后的');
  await page.unroute('**/draft');
  await isSaved(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(firstText(other)).toHaveValue('第一句，断网以后的');
});

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

test('a picture that is called a table gets a clear answer', async ({ page }) => {
  await openConsole(page, '/admin/scripts/import', operator);
  const buffer = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
  await page.getByLabel('选表格').setInputFiles({ name: '话术.xlsx', mimeType: 'application/vnd.ms-excel', buffer });
  await expect(page.getByRole('alert').filter({ hasText: /表格|xlsx|图片/ })).toBeVisible({ timeout: 20_000 });
});

test('a picture is uploaded where it is needed, and stands in the preview', async ({ page }) => {
  await openConsole(page, '/admin/scripts', operator);
  await page.getByRole('button', { name: '写一条' }).first().click();
  await page.getByRole('group', { name: '加一条' }).getByRole('button', { name: '图片' }).click();
  const dialog = page.getByRole('dialog', { name: '选一个素材' });
  const buffer = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
  await dialog.getByLabel('上传').last().setInputFiles({ name: '一个点.png', mimeType: 'image/png', buffer });
  await expect(dialog).toHaveCount(0);
  await expect(page.getByLabel('预览').getByAltText('一个点.png')).toBeVisible();
});
