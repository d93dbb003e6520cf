import { expect, guide, openChat, test } from './simulated-wecom.ts';

test('a tag set in the sidebar is in WeCom, and one that WeCom refuses is taken back and said', async ({ page, sim }) => {
  const chat = await sim.newCustomer('打标签的客户', guide);
  const sidebar = await openChat(page, chat);
  await sidebar.getByRole('button', { name: '加标签' }).click();
  const sheet = sidebar.getByRole('dialog', { name: '标签' });
  await sheet.getByRole('searchbox', { name: '搜标签，支持拼音' }).fill('mingan');
  await sheet.getByRole('button', { name: '敏感肌' }).first().click();
  await expect.poll(() => sim.tagsOf(guide, chat)).toContain('敏感肌');
  await sheet.getByRole('searchbox', { name: '搜标签，支持拼音' }).fill('');
  // One per group: choosing another skin type lets go of the first.
  await sheet.getByRole('region', { name: '肤质' }).getByRole('button', { name: '干皮' }).click();
  await expect.poll(() => sim.tagsOf(guide, chat)).toEqual(['干皮']);

  await sim.fault({ path: 'cgi-bin/externalcontact/mark_tag', errcode: 40068 });
  await sheet.getByRole('region', { name: '肤质' }).getByRole('button', { name: '油皮' }).click();
  await expect(sheet.getByText('没存上，点一下重试').first()).toBeVisible();
  await sim.clearFaults();
  await sheet.getByRole('button', { name: /油皮/ }).first().click();
  await expect.poll(() => sim.tagsOf(guide, chat)).toEqual(['油皮']);
});

test('a stage move is kept, and can be undone', async ({ page, sim }) => {
  const sidebar = await openChat(page, await sim.customerOf(guide, '林小姐'));
  await sidebar.getByRole('button', { name: /^阶段：意向客户/ }).click();
  await sidebar.getByRole('radio', { name: '首购客户' }).click();
  await expect(sidebar.getByRole('button', { name: /^阶段：首购客户/ })).toBeVisible();
  await page.reload();
  await expect(sidebar.getByRole('button', { name: /^阶段：首购客户/ })).toBeVisible();
  await sidebar.getByRole('button', { name: /^阶段：首购客户/ }).click();
  await sidebar.getByRole('radio', { name: '意向客户' }).click();
  await sidebar.getByRole('button', { name: '撤销' }).click();
  await expect(sidebar.getByRole('button', { name: /^阶段：首购客户/ })).toBeVisible();
  await sidebar.getByRole('button', { name: /^阶段：首购客户/ }).click();
  await sidebar.getByRole('radio', { name: '意向客户' }).click();
  await expect(sidebar.getByRole('button', { name: /^阶段：意向客户/ })).toBeVisible();
});

for (const { how, query } of [
  { how: 'Chinese', query: '泛红' },
  { how: 'full pinyin', query: 'fanhong' },
  { how: 'initials', query: 'hjfh' },
])
  test(`search finds a script by ${how}`, async ({ page, sim }) => {
    const sidebar = await openChat(page, await sim.customerOf(guide, '林小姐'));
    await sidebar.getByRole('textbox', { name: '搜话术' }).fill(query);
    await expect(sidebar.getByRole('button', { name: '发送「换季泛红，精华怎么用」' })).toBeVisible();
  });

test('a search that finds nothing can be told to headquarters', async ({ page, sim }) => {
  const sidebar = await openChat(page, await sim.customerOf(guide, '林小姐'));
  await sidebar.getByRole('textbox', { name: '搜话术' }).fill('量子纠缠面霜');
  await sidebar.getByRole('button', { name: '告诉总部缺哪一句' }).click();
  await sidebar.getByPlaceholder('写个大意就行，总部会补成话术').fill('想知道成分能不能和酸一起用');
  const told = page.waitForResponse((answer) => answer.url().endsWith('/missing-scripts') && answer.request().method() === 'POST');
  await sidebar.getByRole('button', { name: '告诉总部', exact: true }).click();
  await expect(sidebar.getByText('记下了，总部会看到。')).toBeVisible();
  expect((await told).ok()).toBe(true);
});

test('a note is kept, and stands in the timeline', async ({ page, sim }) => {
  const sidebar = await openChat(page, await sim.newCustomer('写备注的客户', guide));
  await sidebar.getByRole('tab', { name: '轨迹' }).click();
  const field = sidebar.getByRole('textbox', { name: '写备注' });
  await field.fill('下周带妈妈来店里，👨‍👩‍👧 想试精华');
  await field.press('Control+Enter');
  await expect(sidebar.getByText('下周带妈妈来店里，👨‍👩‍👧 想试精华')).toBeVisible();
  await page.reload();
  await sidebar.getByRole('tab', { name: '轨迹' }).click();
  await expect(sidebar.getByText('下周带妈妈来店里，👨‍👩‍👧 想试精华')).toBeVisible();
});

test('when the customer deletes the guide, the guide may read but not send', async ({ page, sim }) => {
  const chat = await sim.newCustomer('要走的客户', guide);
  const sidebar = await openChat(page, chat);
  await expect(sidebar.getByRole('button', { name: /^阶段：/ })).toBeVisible();
  await sim.endFollow(guide, chat, 'customer');
  await expect
    .poll(async () => {
      await page.reload();
      await sidebar.getByText('要走的客户', { exact: true }).first().waitFor();
      return sidebar.getByRole('button', { name: /^发送/ }).and(page.locator('[aria-disabled="false"]')).count();
    })
    .toBe(0);
});

test("in the client a remark that is being typed, and whose phone is looked at, stay while other people's chats change", async ({
  page,
  sim,
}) => {
  const chat = await sim.newCustomer('备注写到一半的客户', guide);
  await sim.newCustomer('别人家的客户', 'fangmeng');
  await openChat(page, chat);
  await page.getByRole('tab', { name: '客户详情' }).click();
  const remark = page.getByRole('textbox', { name: '备注' });
  await remark.fill('还没写完');
  const whose = page.getByRole('button', { name: '换一位客户' });
  await whose.click();
  const picker = page.getByRole('dialog', { name: '看谁的手机' });
  await picker.getByRole('searchbox', { name: '找客户' }).fill('别人家的客户');
  await picker.getByRole('button', { name: '别人家的客户' }).click();
  await expect(whose).toHaveText('别人家的客户');
  for (const name of ['后来的客户甲', '后来的客户乙']) {
    await sim.newCustomer(name, guide);
    await expect(page.getByText(name).first()).toBeVisible();
    await expect(remark).toHaveValue('还没写完');
    await expect(whose).toHaveText('别人家的客户');
  }
});
