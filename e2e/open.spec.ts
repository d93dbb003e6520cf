import { expect, guide, openChat, sidebarOf, test } from './simulated-wecom.ts';

test('a guide opens a chat and sees who this is and what to say, with one API call after the bridge has answered', async ({
  page,
  sim,
}) => {
  const lin = await sim.customerOf(guide, '林小姐');
  const calls: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/sidebar/customers/')) calls.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  const sidebar = await openChat(page, lin);
  await expect(sidebar.getByText('林小姐', { exact: true }).first()).toBeVisible();
  await expect(sidebar.getByRole('button', { name: /^阶段：意向客户/ })).toBeVisible();
  await expect(sidebar.getByRole('button', { name: /^标签：.*敏感肌/ })).toBeVisible();
  await expect(sidebar.getByText('3 天前互动')).toBeVisible();
  await expect(sidebar.getByRole('button', { name: '发送' }).first()).toBeVisible();
  expect(calls[0]).toBe(`GET /api/sidebar/customers/${lin}`);
  expect(calls.filter((call) => call.startsWith('GET'))).toHaveLength(1);
});

test('another chat shows another customer, without a reload', async ({ page, sim }) => {
  const lin = await sim.customerOf(guide, '林小姐');
  const sidebar = await openChat(page, lin);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  let reloads = 0;
  page.on('framenavigated', (frame) => (reloads += frame.url().includes('/sidebar/') ? 1 : 0));
  const other = page.getByRole('region', { name: '聊天列表' }).getByRole('button').filter({ hasText: '吴先生' });
  await other.click();
  await expect(sidebar.getByText('吴先生', { exact: true }).first()).toBeVisible();
  await expect(sidebar.getByText('林小姐', { exact: true })).toHaveCount(0);
  expect(reloads).toBe(0);
});

test('a customer who adds the guide through the phone view is in the sidebar within two seconds', async ({ page, sim }) => {
  await openChat(page, await sim.customerOf(guide, '林小姐'));
  await expect(sidebarOf(page).getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await page.getByLabel('客户的手机').getByRole('button', { name: '新客户' }).click();
  const dialog = page.getByRole('dialog', { name: '来一位新客户' });
  await dialog.getByLabel('微信昵称').fill('新来的小满');
  await dialog.getByRole('button', { name: '加周以宁' }).click();
  const added = performance.now();
  await expect(sidebarOf(page).getByText('新来的小满', { exact: true }).first()).toBeVisible({ timeout: 2_000 });
  await expect(sidebarOf(page).getByRole('button', { name: '发送' }).first()).toBeVisible();
  expect(performance.now() - added).toBeLessThan(2_000);
});

test('a customer of another guide is not shown, and the library still works', async ({ page, sim }) => {
  const { follows } = await sim.world();
  const mine = new Set(follows.filter((follow) => follow.staff === guide).map((follow) => follow.external_userid));
  const foreign = follows.find((follow) => follow.staff !== guide && !mine.has(follow.external_userid));
  const sidebar = await openChat(page, foreign?.external_userid ?? '');
  await expect(sidebar.getByRole('heading', { name: '你还没有加这位客户' })).toBeVisible();
  await expect(sidebar.getByRole('textbox', { name: '搜话术' })).toBeVisible();
  await expect(sidebar.getByText('意向客户')).toHaveCount(0);
});

test('a foreign customer and a made-up id get the same answer', async ({ page, sim }) => {
  const { follows } = await sim.world();
  const mine = new Set(follows.filter((follow) => follow.staff === guide).map((follow) => follow.external_userid));
  const foreign = follows.find((follow) => follow.staff !== guide && !mine.has(follow.external_userid))?.external_userid ?? '';
  const sidebar = await openChat(page, await sim.customerOf(guide, '林小姐'));
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  const frame = page.frames().find((candidate) => candidate.url().includes('/sidebar/'));
  const answers = await frame?.evaluate(
    (ids) =>
      Promise.all(
        ids.map(async (id) =>
          fetch(`/api/sidebar/customers/${id}`).then(async (answer) => ({ status: answer.status, body: await answer.text() })),
        ),
      ),
    [foreign, 'wmMadeUpMadeUpMadeUpMadeUpMadeUp'],
  );
  expect(answers?.[0]?.status).toBe(404);
  expect(answers?.[0]).toEqual(answers?.[1]);
});

test('a refused signature is said in words, with the fix and the retry', async ({ page, sim }) => {
  await sim.fault({
    path: 'bridge/agentConfig',
    errmsg: 'invalid signature more info at https://open.work.weixin.qq.com/devtool/query?e=40093',
  });
  const sidebar = await openChat(page, await sim.customerOf(guide, '林小姐'));
  await expect(sidebar.getByRole('heading', { name: '企业微信没告诉我们在和谁聊' })).toBeVisible();
  await expect(sidebar.getByText('请管理员核对两处')).toBeVisible();
  await expect(sidebar.getByRole('button', { name: '重试' })).toBeVisible();
  await expect(sidebar.getByRole('button', { name: '复制给管理员' })).toBeVisible();
  await sim.clearFaults();
  // By itself when the page is looked at again, or by the button: whichever comes first.
  await sidebar
    .getByRole('button', { name: '重试' })
    .dispatchEvent('click')
    .catch(() => undefined);
  await expect(sidebar.getByRole('button', { name: /^阶段：意向客户/ })).toBeVisible();
});

test('a page outside the trusted domains names the domain to add', async ({ page, sim }) => {
  await sim.fault({ path: 'bridge/agentConfig', errmsg: 'invalid url domain' });
  const sidebar = await openChat(page, await sim.customerOf(guide, '林小姐'));
  await expect(sidebar.getByText('请管理员改一处')).toBeVisible();
  await expect(sidebar.getByText('localhost', { exact: false }).first()).toBeVisible();
});

test('a bridge that does not answer is given up after five seconds, and said', async ({ page, sim }) => {
  await sim.fault({ path: 'bridge', drop: true });
  const sidebar = await openChat(page, await sim.customerOf(guide, '林小姐'));
  await expect(sidebar.getByRole('heading', { name: '企业微信没有回应' })).toBeVisible({ timeout: 8_000 });
  await expect(sidebar.getByRole('button', { name: '重试' })).toBeVisible();
});

test('in a window of its own, outside of WeCom, the page says where to open it', async ({ page, context, sim }) => {
  // Signed in through the client first: the question here is the missing bridge, not the session.
  await openChat(page, await sim.customerOf(guide, '林小姐'));
  await expect(sidebarOf(page).getByRole('button', { name: /^阶段：/ })).toBeVisible();
  const plain = await context.newPage();
  await plain.goto(`http://localhost:${process.env['E2E_SIM_WEBVIEW_PORT']}/sidebar/`);
  await expect(plain.getByRole('heading', { name: '要在企业微信里打开' })).toBeVisible();
});

test('beside a group the page says that it is one, and the library still works', async ({ page, sim }) => {
  const sidebar = await openChat(page, await sim.groupOf(guide));
  await expect(sidebar.getByRole('heading', { name: '这里是群聊' })).toBeVisible();
  await sidebar.getByRole('textbox', { name: '搜话术' }).fill('泛红');
  await expect(sidebar.getByRole('button', { name: '发送「换季泛红，精华怎么用」' })).toBeVisible();
});

test('with WeCom down the panel still comes from our store and says how old it is, and a tag set meanwhile arrives later', async ({
  page,
  sim,
}) => {
  test.setTimeout(60_000);
  const chat = await sim.newCustomer('企业微信断了的客户', guide);
  const sidebar = await openChat(page, chat);
  await sidebar.getByRole('button', { name: '加标签' }).click();
  await sim.fault({ path: 'cgi-bin', drop: true });
  await sidebar.getByRole('region', { name: '在意什么' }).getByRole('button', { name: '补水' }).click();
  await expect(sidebar.getByText('「补水」已存下，企业微信一有空就补上')).toBeVisible();
  await page.reload();
  await expect(sidebar.getByRole('button', { name: /^标签：.*补水/ })).toBeVisible();
  await expect(sidebar.getByText(/^暂时连不上企业微信，资料是 (\S+ )?\d\d:\d\d 的，改动会自动补上。$/)).toBeVisible();
  expect(await sim.tagsOf(guide, chat)).toEqual([]);
  await sim.clearFaults();
  await expect.poll(() => sim.tagsOf(guide, chat), { timeout: 25_000 }).toEqual(['补水']);
});

test('without a network the customer stays, and the library can be searched', async ({ page, context, sim }) => {
  const sidebar = await openChat(page, await sim.customerOf(guide, '林小姐'));
  const box = sidebar.getByRole('textbox', { name: '搜话术' });
  // Once, so that what searches is on the device.
  await box.fill('hjfh');
  await expect(sidebar.getByRole('button', { name: '发送「换季泛红，精华怎么用」' })).toBeVisible();
  await box.press('Escape');
  await box.press('Escape');
  await context.setOffline(true);
  await expect(sidebar.getByText(/^网络断了。客户资料是 (\S+ )?\d\d:\d\d 的，话术照常能搜。$/)).toBeVisible();
  await expect(sidebar.getByText('林小姐', { exact: true }).first()).toBeVisible();
  await box.fill('kongping');
  await expect(sidebar.getByRole('button', { name: /^发送「.*空瓶.*」$/ }).first()).toBeVisible();
  await context.setOffline(false);
});

test('a session that has ended is renewed without a word', async ({ page, context, sim }) => {
  const sidebar = await openChat(page, await sim.customerOf(guide, '林小姐'));
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await sidebar.getByRole('button', { name: '更多' }).click();
  await context.clearCookies({ name: 'nextline_session' });
  // Whoever asks first notices. If it is something that asks by itself, the page is on its way before this tap.
  const refresh = sidebar.getByRole('button', { name: '刷新' });
  await refresh.click({ timeout: 5_000 }).catch(() => expect(refresh).toHaveCount(0));
  await expect.poll(async () => (await context.cookies()).some(({ name }) => name === 'nextline_session')).toBe(true);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
});

test('staff whom the app may not see are told whom to ask', async ({ page, sim }) => {
  const lin = await sim.customerOf(guide, '林小姐');
  const { staff } = await sim.world();
  await sim.console({ visible_staff: staff.map(({ userid }) => userid).filter((userid) => userid !== guide) });
  try {
    const sidebar = await openChat(page, lin);
    await expect(sidebar.getByText('找不到你的员工账号')).toBeVisible();
    await expect(sidebar.getByText('可见范围', { exact: false }).first()).toBeVisible();
  } finally {
    await sim.console({ visible_staff: null });
  }
});
