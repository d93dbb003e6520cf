import { openConsole } from './console.ts';
import { expect, test } from './simulated-wecom.ts';

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
