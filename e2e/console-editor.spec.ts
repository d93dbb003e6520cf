import { admin, openConsole, operator, product } from './console.ts';
import { at, firstText, isSaved, title, write } from './script-editor.ts';
import { expect, openChat, test } from './simulated-wecom.ts';

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

test('a new script that was typed without a connection is not left without a word; one that nobody touched is', async ({ page }) => {
  await openConsole(page, '/admin/scripts', operator);
  const library = page.getByRole('heading', { name: '话术库', level: 1 });
  const question = page.getByRole('dialog', { name: '还没有保存' });
  await page.getByRole('button', { name: '写一条' }).first().click();
  await expect(firstText(page)).toBeVisible();
  await page.goBack();
  await expect(library).toBeVisible();
  await page.route('**/api/admin/scripts', (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback()));
  await page.getByRole('button', { name: '写一条' }).first().click();
  await firstText(page).fill('断网时新写的');
  await expect(page.getByText('网络断了，内容留在这台电脑上，连上就存')).toBeVisible();
  await page.goBack();
  await expect(question).toContainText('离开这一页，刚才改的就没有了。');
  await question.getByRole('button', { name: '取消' }).click();
  await page.unroute('**/api/admin/scripts');
  await isSaved(page);
  await expect(firstText(page)).toHaveValue('断网时新写的');
});

test('some stores without a store is said beside the field, keeps what was stored and goes to nobody', async ({ page }) => {
  await openConsole(page, '/admin/scripts', operator);
  await write(page, { title: '还没选门店的话术', text: '到店领小样' });
  const audience = page.locator('[data-field="audience"]');
  const submit = page.getByRole('button', { name: '提交审核' });
  await expect(submit).toBeEnabled();
  await audience.getByRole('combobox', { name: '谁能看' }).selectOption('stores');
  await expect(audience.getByText('还没选门店，选了才会改。')).toBeVisible();
  await expect(submit).toBeDisabled();
  await audience.getByPlaceholder('选门店').click();
  await page.locator('.t-select-option').first().click();
  await page.keyboard.press('Escape');
  await expect(audience.getByText('还没选门店，选了才会改。')).toHaveCount(0);
  await expect(submit).toBeEnabled();
  const validity = page.locator('[data-field="validUntil"]');
  await validity.getByRole('combobox').selectOption('limited');
  await expect(validity.getByText('还没选日期，选了才会改。')).toBeVisible();
  await expect(submit).toBeDisabled();
  await validity.getByRole('combobox').selectOption('always');
  await expect(submit).toBeEnabled();
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

test('when it is offered is set by keyboard in words and days, told wrong beside the field, and reads the same after a reload', async ({
  page,
}) => {
  await openConsole(page, '/admin/scripts', operator);
  await write(page, { title: '挑时候提议的话术', text: '用得还好吗' });
  const more = page.getByText('更多设置');
  await more.click();
  const asked = page.getByRole('textbox', { name: '客户问到' });
  await asked.pressSequentially('能退吗，想退');
  await asked.press('Enter');
  await asked.pressSequentially('请问一下能不能退货');
  await asked.press('Tab');
  const group = page.getByRole('group', { name: '什么时候提议' });
  await expect(group.getByText('「请问一下能不能退货」对不上客户的话，写 2 到 8 个字的词。')).toBeVisible();
  await asked.press('Backspace');
  await expect(group.getByText(/对不上客户的话/)).toHaveCount(0);
  await page.getByRole('textbox', { name: '买的是' }).fill('精华');

  const first = page.getByRole('textbox', { name: '下单后几天，从第几天' });
  const last = page.getByRole('textbox', { name: '下单后几天，到第几天' });
  await first.fill('9天');
  await last.fill('5');
  await expect(first).toHaveValue('9');
  await expect(group.getByText('后面的天数要不小于前面的。')).toBeVisible();
  await page.getByText('更多设置').click();
  await page.getByRole('button', { name: '看第一处' }).click();
  await expect(first).toBeFocused();
  await first.fill('3');
  await expect(group.getByText('后面的天数要不小于前面的。')).toHaveCount(0);
  // One end alone is that one day.
  await page.getByRole('textbox', { name: '加好友后几天，从第几天' }).fill('1');
  const silence = page.getByRole('textbox', { name: '几天没互动' });
  await silence.fill('0');
  await expect(group.getByText('写 1 到 3650 之间的天数，或者留空。')).toBeVisible();
  await silence.fill('30');
  await page.keyboard.press('Control+s');
  await isSaved(page);

  await page.reload();
  await more.click();
  await expect(group).toContainText('能退吗');
  await expect(group).toContainText('想退');
  await expect(group).toContainText('精华');
  await expect(first).toHaveValue('3');
  await expect(last).toHaveValue('5');
  await expect(page.getByRole('textbox', { name: '加好友后几天，到第几天' })).toHaveValue('1');
  await expect(silence).toHaveValue('30');
});

test('whoever writes sends it to herself first, as it would arrive, and reads why when it does not', async ({ page, request, sim }) => {
  const received = async () => {
    const answer = await request.get(`/_sim/app-messages?staff=${operator}`);
    return ((await answer.json()) as { messages: { content: unknown }[] }).messages.map(({ content }) => content);
  };
  const before = (await received()).length;
  await openConsole(page, '/admin/scripts', operator);
  await page.getByRole('button', { name: '写一条' }).first().click();
  const preview = page.getByLabel('预览');
  await expect(preview.getByRole('button', { name: '发给我自己' })).toBeDisabled();
  await firstText(page).fill('{客户称呼}，发给自己先看看');
  await sim.fault({ path: 'message/send', errcode: 48002, times: 1 });
  await preview.getByRole('button', { name: '发给我自己' }).click();
  await expect(preview.getByRole('alert')).toHaveText('第 1 条企业微信没有收：应用的设置不对，去「体检」看看（48002）。');
  await preview.getByRole('button', { name: '发给我自己' }).click();
  await expect(page.getByText('发到你的企业微信了，在应用的消息里看。')).toBeVisible();
  expect((await received()).slice(before)).toEqual([{ content: '林小姐，发给自己先看看' }]);

  const chat = await sim.newCustomer('看应用消息时的客户', operator);
  const sidebar = await openChat(page, chat, operator);
  const stage = sidebar.getByRole('button', { name: /^阶段：/ });
  await expect(stage).toBeVisible();
  const asked = async () => {
    const answer = await request.get('/_sim/calls?path=bridge/getCurExternalContact&limit=20');
    return ((await answer.json()) as { calls: { id: number; errcode: number }[] }).calls;
  };
  const last = (await asked())[0]?.id ?? 0;
  await page.locator('[data-kind="app"]').click();
  const told = page.getByRole('region', { name: '应用「下一句」的消息' });
  await expect(told.locator('[data-from="app"]').last()).toContainText('林小姐，发给自己先看看');
  await expect(page.getByText('应用的消息旁边没有侧边栏')).toBeVisible();
  // A sidebar that nobody sees sleeps: the next that it asks is about the customer who is there again.
  await page.locator(`[data-chat="${chat}"]`).click();
  await expect(stage).toBeVisible();
  const since = async () => (await asked()).filter(({ id }) => id > last).map(({ errcode }) => errcode);
  await expect.poll(since).toContain(0);
  expect((await since()).filter((errcode) => errcode !== 0)).toEqual([]);
});
