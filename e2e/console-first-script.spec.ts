import { admin, openConsole, operator } from './console.ts';
import { expect, guide, openChat, test } from './simulated-wecom.ts';

test('an operator writes a script of two messages, the admin passes it, and a guide sends it from the sidebar that was open all the time', async ({
  page,
  browser,
  sim,
}) => {
  test.setTimeout(120_000);
  const began = performance.now();
  const chat = await sim.newCustomer('等新话术的客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();

  // The operator begins where the console opens, and finds everything by its name.
  const desk = await (await browser.newContext()).newPage();
  await openConsole(desk, '/admin/', operator);
  await desk.getByRole('link', { name: '话术库' }).click();
  await desk.getByRole('button', { name: '写一条' }).click();
  await desk.getByRole('textbox', { name: '标题' }).fill('秋冬换季的第一句');
  await desk.getByRole('textbox', { name: '第 1 条，文字' }).fill('天凉了，皮肤会不会发紧呀？');
  await desk.getByRole('group', { name: '加一条' }).getByRole('button', { name: '链接' }).click();
  await desk.getByRole('textbox', { name: '链接标题' }).fill('换季护肤三步');
  await desk.getByRole('textbox', { name: '网址' }).fill('https://www.suheng.example/autumn');
  await desk.getByRole('button', { name: '提交审核' }).click();
  await expect(desk.getByText('提交了，等同事审核')).toBeVisible();
  await expect(desk.getByText('这条是你写的，要别的同事来审。')).toBeVisible();

  // Nothing of it is in the sidebar before somebody else has looked at it.
  const search = sidebar.getByRole('textbox', { name: '搜话术' });
  await search.fill('秋冬换季');
  await expect(sidebar.getByRole('button', { name: '发送「秋冬换季的第一句」' })).toHaveCount(0);

  const reviewer = await (await browser.newContext()).newPage();
  await openConsole(reviewer, '/admin/', admin);
  await expect(reviewer.getByRole('link', { name: /话术库.*待审/ })).toBeVisible();
  await reviewer.goto(desk.url());
  await expect(reviewer.getByText('这条在等你审核。')).toBeVisible();
  await reviewer.getByRole('button', { name: '通过' }).click();
  await expect(reviewer.getByText('通过了，侧边栏马上能用')).toBeVisible();

  // Publishing reaches an open sidebar within five seconds.
  const send = sidebar.getByRole('button', { name: '发送「秋冬换季的第一句」' });
  await expect(send).toBeVisible({ timeout: 5_000 });
  await send.click();
  const arrived = async () => (await sim.messages(guide, chat)).filter(({ via }) => via === 'sidebar').map(({ msgtype }) => msgtype);
  await expect.poll(arrived).toEqual(['text', 'news']);
  expect(performance.now() - began).toBeLessThan(3 * 60_000);
  await desk.context().close();
  await reviewer.context().close();
});
