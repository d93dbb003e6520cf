import { openConsole, operator } from './console.ts';
import { expect, guide, openChat, test } from './simulated-wecom.ts';

test('a guide keeps a sentence of her own, sends it, shows it to headquarters, and takes a deletion back', async ({
  page,
  browser,
  sim,
}) => {
  const chat = await sim.newCustomer('听自己那句的客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await sidebar.getByRole('button', { name: '公司', exact: true }).click();
  await sidebar.getByRole('menuitem', { name: '写一条自己的' }).click();
  const sheet = sidebar.getByRole('dialog', { name: '写一条自己的' });
  const words = sheet.getByRole('textbox', { name: '对客户说的话' });
  await words.fill('，周末的轮休表换了，找我前说一声就行。');
  await words.press('Control+Home');
  await sheet.getByRole('button', { name: '客户称呼' }).click();
  await expect(words).toHaveValue('{客户称呼}，周末的轮休表换了，找我前说一声就行。');
  await sheet.getByRole('textbox', { name: '标题，用来搜' }).fill('轮休表换了');
  // Unless she says that it serves, it counts as marketing, and at night it would have to wait.
  await expect(sheet.getByRole('radio', { name: /^营销/ })).toBeChecked();
  await sheet.getByRole('radio', { name: /^服务/ }).check();

  // What is written is not lost when it cannot be stored, nor with the sheet.
  await page.route('**/scripts/*/personal', (route) => route.abort());
  await sheet.getByRole('button', { name: '存下' }).click();
  await expect(sheet.getByRole('alert')).toHaveText('网络断了，写的还在，联网后再点一次。');
  await sheet.getByRole('button', { name: '先不写' }).click();
  await page.unroute('**/scripts/*/personal');
  await sidebar.getByRole('button', { name: '公司', exact: true }).click();
  await sidebar.getByRole('menuitem', { name: '写一条自己的' }).click();
  await expect(words).toHaveValue('{客户称呼}，周末的轮休表换了，找我前说一声就行。');
  await sheet.getByRole('button', { name: '存下' }).click();

  const send = sidebar.getByRole('button', { name: '发送「轮休表换了」' });
  await expect(send).toBeVisible();
  await send.click();
  const sent = async () => (await sim.messages(guide, chat)).filter(({ via }) => via === 'sidebar').map(({ text }) => text);
  await expect.poll(sent).toEqual([expect.stringMatching(/^[^{}]+，周末的轮休表换了，找我前说一声就行。$/)]);

  await sidebar.getByRole('button', { name: '给总部看' }).click();
  await expect(sidebar.getByText('总部看得到了，合适的会进公司话术库。')).toBeVisible();
  const desk = await (await browser.newContext()).newPage();
  await openConsole(desk, '/admin/scripts?audience=personal', operator);
  await expect(desk.getByText('轮休表换了', { exact: true })).toBeVisible();
  await desk.context().close();

  await sidebar.getByRole('button', { name: '删除' }).click();
  await expect(send).toHaveCount(0);
  await sidebar.getByRole('button', { name: '撤销' }).click();
  await expect(send).toBeVisible();
});

test('a favourite stands in its own list, also after a reload, and so does what was just sent', async ({ page, sim }) => {
  // Two reloads of client and sidebar.
  test.setTimeout(60_000);
  const chat = await sim.newCustomer('看收藏的客户', guide);
  const held = Promise.withResolvers<void>();
  await page.route('**/api/sidebar/library', (route) => void held.promise.then(() => route.continue()));
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  // Who types before the library is there finds the first hit unfolded all the same, as soon as it comes.
  await sidebar.getByRole('textbox', { name: '搜话术' }).fill('下巴一直冒痘');
  await expect(sidebar.getByRole('button', { name: /^发送「/ })).toHaveCount(0);
  held.resolve();
  await sidebar.getByRole('button', { name: '收藏', exact: true }).click();
  await expect(sidebar.getByRole('button', { name: '已收藏' })).toBeVisible();

  const show = async (before: string, list: string) => {
    await sidebar.getByRole('button', { name: before, exact: true }).click();
    await sidebar.getByRole('menuitemradio', { name: list, exact: true }).click();
  };
  const favourite = sidebar.getByRole('button', { name: '发送「下巴一直冒痘」' });
  await page.reload();
  await show('公司', '收藏');
  await expect(favourite).toBeVisible();
  await favourite.click();
  await expect.poll(async () => (await sim.messages(guide, chat)).filter(({ via }) => via === 'sidebar').length).toBeGreaterThan(0);
  await show('收藏', '最近');
  await expect(sidebar.getByRole('button', { name: /^发送「/ }).first()).toHaveAccessibleName('发送「下巴一直冒痘」');
  await page.reload();
  await expect(favourite).toBeVisible();
});

test('an opt-out in the sidebar is said at once, and can be taken back', async ({ page, sim }) => {
  const sidebar = await openChat(page, await sim.newCustomer('不想听营销的客户', guide));
  await sidebar.getByRole('button', { name: '更多', exact: true }).click();
  await sidebar.getByRole('button', { name: /不再营销/ }).click();
  await expect(sidebar.getByText('不收营销消息').first()).toBeVisible();
  await sidebar.getByRole('button', { name: '撤销' }).click();
  await expect(sidebar.getByText('不收营销消息')).toHaveCount(0);
});
