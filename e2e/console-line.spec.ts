import { openConsole } from './console.ts';
import { expect, guide, test } from './simulated-wecom.ts';
import { leaveUnsure } from './unsure-writes.ts';

test('an admin asks for a reconciliation and watches it find whom no callback told us of', async ({ page, request, sim }) => {
  await request.post('/_sim/callbacks', { data: { drop_rate: 1 } });
  await sim.newCustomer('没人说她来了', 'taozhi');
  await request.post('/_sim/callbacks', { data: { drop_rate: 0 } });
  await openConsole(page, '/admin/doctor');
  await page.getByRole('link', { name: '同步', exact: true }).click();
  const runs = page.getByRole('table', { name: '同步' });
  await expect(runs.getByRole('row', { name: /第一次同步/ })).toContainText('做完了');
  await page.getByRole('button', { name: '现在对账' }).click();
  await expect(page.getByText('几秒后开始，这一页会跟着走。')).toBeVisible();
  const run = runs.getByRole('row', { name: /对账.*沈乔/ }).first();
  await expect(run).toContainText('做完了', { timeout: 30_000 });
  await expect(run.getByRole('cell').nth(5)).not.toHaveText('0');
  // Who has no customers is named with the reason.
  await expect(page.getByRole('table', { name: '没有客户，或没读全的成员' }).getByRole('row', { name: /沈乔.*还没有客户/ })).toBeVisible();
});

test('a callback that WeCom keeps from being applied shows why, is tried again by hand once that is repaired, and is found among the applied', async ({
  page,
  sim,
}) => {
  await openConsole(page, '/admin/callbacks');
  await expect(page.getByRole('heading', { name: '没有处理不成的' })).toBeVisible();
  await sim.fault({ path: 'externalcontact/get', errcode: 48002 });
  const customer = await sim.newCustomer('等着处理', 'taozhi');
  await page.getByRole('link', { name: '在排队' }).click();
  const row = page.getByRole('row', { name: new RegExp(customer) });
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText('48002', { timeout: 500 });
  }).toPass();
  await expect(row).toContainText('加了客户');
  await sim.clearFaults();
  await row.getByRole('button', { name: '再试' }).click();
  await expect(page.getByText('放回队列了，马上再试。')).toBeVisible();
  await page.getByRole('link', { name: '处理了' }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('row', { name: new RegExp(customer) })).toBeVisible({ timeout: 500 });
  }).toPass();
  await row.getByRole('link', { name: '等着处理' }).click();
  await expect(page.getByText('等着处理').first()).toBeVisible();
});

test('changes of tags of which nobody can say whether WeCom made them stand on the page with what WeCom shows, and an admin answers for each', async ({
  page,
  sim,
}) => {
  const [has, lacks] = await Promise.all([sim.newCustomer('写上了', guide), sim.newCustomer('没写上', guide)]);
  const { tag_groups: groups } = await sim.world();
  const tag = groups[0]?.tags[0] ?? { id: '', name: '' };
  await openConsole(page, '/admin/customers');
  for (const name of ['写上了', '没写上']) await expect(page.getByText(name).first()).toBeVisible({ timeout: 15_000 });
  await leaveUnsure([
    { staff: guide, customer: has, add: [], remove: [tag.id] },
    { staff: guide, customer: lacks, add: [tag.id], remove: [] },
  ]);

  await page.goto(new URL('/admin/sync', page.url()).href);
  const writes = page.getByRole('table', { name: '说不清写没写的标签' });
  const row = (name: string) => writes.getByRole('row', { name: new RegExp(name) });
  await expect(row('写上了')).toContainText(`去掉「${tag.name}」`);
  await expect(row('写上了').getByText('已经写上了')).toBeVisible();
  await expect(row('没写上')).toContainText(`还没有：加「${tag.name}」`);

  await row('写上了').getByRole('button', { name: '已写入' }).click();
  await expect(page.getByText('记下了，按企业微信现在的样子为准。')).toBeVisible();
  await expect(row('写上了')).toHaveCount(0);
  expect(await sim.tagsOf(guide, lacks)).not.toContain(tag.name);
  await row('没写上').getByRole('button', { name: '再写一次' }).click();
  await expect(page.getByText('重新排队了，几秒后写入。')).toBeVisible();
  await expect(page.getByRole('heading', { name: '说不清写没写的标签' })).toHaveCount(0);
  await expect.poll(() => sim.tagsOf(guide, lacks)).toContain(tag.name);
});
