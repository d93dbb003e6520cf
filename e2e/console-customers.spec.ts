import type { Page } from '@playwright/test';
import { admin, openConsole, operator } from './console.ts';
import { expect, guide, test } from './simulated-wecom.ts';

const countOf = async (page: Page) =>
  Number(/[\d,]+/.exec((await page.getByText(/^共 [\d,]+ 位$/).textContent()) ?? '')?.[0].replaceAll(',', ''));

/** Chooses in one of the component library's lists. */
async function choose(page: Page, field: string, option: string): Promise<void> {
  await page
    .getByRole('group', { name: field, exact: true })
    .or(page.getByLabel(field, { exact: true }))
    .first()
    .click();
  await page.locator('.t-select-option:visible').filter({ hasText: option }).first().click();
  // The list stays open for more; it closes when one goes on elsewhere.
  await page.getByRole('heading').last().click();
  await expect(page.locator('.t-select-option:visible')).toHaveCount(0);
}

test('filters by store and tag, keeps the filter as a segment, and finds it again under its name', async ({ page }) => {
  await openConsole(page, '/admin/customers', operator);
  await expect(page.getByRole('table')).toBeVisible();
  const all = await countOf(page);
  await page.getByRole('button', { name: '筛选' }).click();
  await choose(page, '门店', '南京西路');
  await expect(page.getByRole('button', { name: /^去掉条件：门店/ })).toBeVisible();
  await expect.poll(() => countOf(page)).toBeLessThan(all);
  await choose(page, '有任一标签', '敏感肌');
  await expect(page).toHaveURL(/filter=/);
  const some = await countOf(page);

  await page.getByRole('button', { name: '存为分群' }).click();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('先起个名字。')).toBeVisible();
  await page.getByRole('textbox', { name: '名字', exact: true }).fill('南西敏感肌');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('button', { name: /选一个分群$/ })).toHaveText(/南西敏感肌/);

  await page.goto(new URL('/admin/segments', page.url()).href);
  await expect(page.getByRole('row', { name: new RegExp(`南西敏感肌.*${some} 位`) })).toBeVisible();
  await page.getByRole('link', { name: '南西敏感肌' }).click();
  await expect.poll(() => countOf(page)).toBe(some);
});

test('tags everybody whom a filter finds, as far as the preview says, and takes it back', async ({ page }) => {
  test.setTimeout(60_000);
  await openConsole(page, `/admin/customers?filter=${encodeURIComponent('{"silentDays":30}')}`, admin);
  await page.getByRole('checkbox', { name: '选择这一页' }).check();
  const everybody = page.getByRole('button', { name: /^选中全部/ });
  if (await everybody.isVisible()) await everybody.click();
  await page.getByRole('button', { name: '打标签' }).click();
  const dialog = page.getByRole('dialog', { name: '给选中的客户打标签' });
  await choose(page, '加上', '要小样');
  await expect(dialog.getByText(/^[\d,]+ 位会变/)).toBeVisible();
  await dialog.getByRole('button', { name: /^改 [\d,]+ 位$/ }).click();
  const progress = page.getByRole('status').filter({ hasText: /改了/ });
  await expect(progress).toContainText(/改了 [1-9][\d,]* 位/, { timeout: 20_000 });
  await progress.getByRole('button', { name: '撤销' }).click();
  await expect(page.getByRole('status').filter({ hasText: '撤销了' })).toContainText(/撤销了 [1-9][\d,]* 位，0 位有人改过/, {
    timeout: 20_000,
  });
});

test('a customer in the drawer: opts out of marketing and back, changes stage, and the list stays where it is', async ({ page, sim }) => {
  // Somebody whom no other test looks at.
  const name = '抽屉里的客户';
  await sim.newCustomer(name, guide);
  const entry = page.getByRole('button', { name, exact: true }).first();
  await expect(async () => {
    await openConsole(page, `/admin/customers?filter=${encodeURIComponent(JSON.stringify({ q: name, optedOut: false }))}`, operator);
    await expect(entry).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await entry.click();
  const drawer = page.getByRole('dialog', { name });
  await expect(drawer.getByRole('heading', { name: '轨迹' })).toBeVisible();
  await drawer.getByRole('button', { name: '不再发营销' }).click();
  await expect(drawer.getByText(/起不收营销$/)).toBeVisible();
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(drawer.getByRole('button', { name: '不再发营销' })).toBeVisible();
  await drawer.getByRole('combobox', { name: '阶段' }).selectOption({ label: '已流失' });
  await expect(drawer.getByText(/到「已流失」/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/admin\/customers\?filter=/);
  await expect(page.getByRole('row', { name: /抽屉里的客户.*已流失/ }).first()).toBeVisible();
});

test('a customer who is closed gives the list back where it was, with the keyboard on her row', async ({ page }) => {
  await openConsole(page, '/admin/customers', operator);
  const entry = page.getByRole('row').nth(30).getByRole('button').first();
  await entry.scrollIntoViewIfNeeded();
  const scrolled = () => page.evaluate(() => scrollY);
  const before = await scrolled();
  expect(before).toBeGreaterThan(0);
  await entry.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await scrolled()).toBe(before);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await scrolled()).toBe(before);
  await expect(entry).toBeFocused();
});

test('the board: a stage is added, a rule says how many it moves and moves them, the stage is retired and they go on', async ({ page }) => {
  test.setTimeout(60_000);
  await openConsole(page, '/admin/stages', admin);
  await page.getByRole('button', { name: '加一个阶段' }).click();
  await page.getByRole('textbox', { name: '名字' }).fill('潜在客户');
  await page.getByRole('button', { name: '加上' }).click();
  await expect(page.getByText('已经有「潜在客户」这个阶段了，换个名字。')).toBeVisible();
  await page.getByRole('textbox', { name: '名字' }).fill('礼盒种草');
  await page.getByRole('button', { name: '加上' }).click();
  const column = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: '礼盒种草' }) });
  await expect(column.getByRole('link', { name: '0 位客户' })).toBeVisible();

  await page.getByRole('button', { name: '加一条规则' }).click();
  await choose(page, '标签', '送礼');
  await page.getByRole('combobox', { name: '移到' }).selectOption({ label: '礼盒种草' });
  const said = page.getByText(/^保存后马上移动 [\d,]+ 位。$/);
  await expect(said).toBeVisible();
  const moves = /[\d,]+/.exec((await said.textContent()) ?? '')?.[0] ?? '';
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText(/打上「送礼.*」，不管在哪，移到「礼盒种草」/)).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(column.getByRole('link', { name: `${moves} 位客户` })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });

  await column.getByRole('button', { name: '「礼盒种草」的操作' }).click();
  await page.getByRole('menuitem', { name: '停用' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
  await expect(column).toHaveCount(0);
  await expect(page.getByText('已停用', { exact: true })).toBeVisible();
});

test('tags: a group of ours is made, and one that another app has made says where to change it', async ({ page }) => {
  await openConsole(page, '/admin/tags', admin);
  await page.getByRole('button', { name: '新建标签组' }).click();
  await page.getByRole('textbox', { name: '组名' }).fill('礼盒偏好');
  await page.getByRole('button', { name: '建好' }).click();
  await expect(page.getByText('企业微信里没有空的组，至少写一个。')).toBeVisible();
  await page.getByRole('textbox', { name: '标签，一行一个' }).fill('红色\n金色');
  await page.getByRole('button', { name: '建好' }).click();
  const group = page.getByRole('region', { name: '礼盒偏好' });
  await expect(group.getByText('金色')).toBeVisible();
  await page.getByRole('button', { name: '「肤质」的操作' }).click();
  await page.getByRole('menuitem', { name: '改名' }).click();
  await page.getByRole('textbox', { name: '名字' }).fill('皮肤');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('dialog').getByText(/不是这个应用建的/)).toBeVisible();
});
