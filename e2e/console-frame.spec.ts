import { admin, openConsole, operator, product, scanAs } from './console.ts';
import { expect, test } from './simulated-wecom.ts';

test('the simulated client leads to the console, and whoever scans is signed in', async ({ page }) => {
  await page.goto('/');
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: '管理后台' }).click();
  const console = await opened;
  await expect(console.getByRole('heading', { name: /^扫码登录/ })).toBeVisible();
  await scanAs(console, admin);
  await expect(console.getByRole('button', { name: /^沈乔/ })).toBeVisible();
  await expect(console.getByText(/企业微信已同步/)).toBeVisible();
});

test("inside WeCom's client nobody is asked", async ({ browser }) => {
  const context = await browser.newContext({ userAgent: 'Mozilla/5.0 Chrome/108.0.0.0 Safari/537.36 wxwork/4.1.36 (MicroMessenger/6.2)' });
  await context.addCookies([{ name: 'sim_staff', value: operator, url: product }]);
  const page = await context.newPage();
  await page.goto(`${product}/admin/doctor`);
  await expect(page.getByRole('heading', { name: '体检', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: /^陆一鸣/ })).toBeVisible();
  await context.close();
});

test('a guide reads that there is no console for her, whom to ask, and can sign in as somebody else', async ({ page }) => {
  await page.goto(`${product}/admin/`);
  await scanAs(page, 'zhouyining');
  await expect(page.getByRole('heading', { name: '周以宁，你没有管理后台的权限' })).toBeVisible();
  await expect(page.getByText('请沈乔在')).toBeVisible();
  await page.getByRole('link', { name: '换个账号登录' }).click();
  await scanAs(page, operator);
  await expect(page.getByRole('button', { name: /^陆一鸣/ })).toBeVisible();
});

test('a session that ends in the middle costs nothing: a window signs in again, and the call is repeated', async ({ page, context }) => {
  await openConsole(page, '/admin/doctor');
  await expect(page.getByRole('heading', { name: /项好的|都好/ })).toBeVisible();
  await context.clearCookies({ name: 'nextline_console' });
  await page.getByRole('button', { name: '再查一次' }).click();
  const dialog = page.getByRole('dialog', { name: '登录过期了' });
  await expect(dialog).toBeVisible();

  const opened = page.waitForEvent('popup');
  await dialog.getByRole('button', { name: '登录' }).click();
  const window = await opened;
  await scanAs(window, operator);
  // Nothing is done in the name of another person.
  await expect(dialog.getByText('刚才登录的是陆一鸣')).toBeVisible();

  await context.clearCookies({ name: 'nextline_console' });
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  await window.waitForURL(/wwlogin/);
  await scanAs(window, admin);
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: '再查一次' })).toBeEnabled();
});

test('language and appearance are chosen in the menu of the person, and kept', async ({ page }) => {
  await openConsole(page, '/admin/doctor');
  await page.getByRole('button', { name: /^沈乔/ }).click();
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await expect(page.getByRole('heading', { name: 'Check-up', level: 1 })).toBeVisible();
  // What the server had said in Chinese is asked for anew; and so is said whatever it says from now on.
  await expect(page.getByRole('listitem').filter({ hasText: 'Trusted IP' })).toContainText('WeCom');
  await page.getByRole('link', { name: 'Sync', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Staff without customers, or not all of them' })).toContainText('Has no customers yet');
  await page.goto(`${product}/admin/customers/nobody`);
  await expect(page.getByText('There is no such customer, or she is not in a store that you may see.')).toBeVisible();
  await page.goto(`${product}/admin/doctor`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('html')).toHaveAttribute('theme-mode', 'dark');
  await page.getByRole('button', { name: /^沈乔/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'You are signed out of the console' })).toBeVisible();
  await page.goto(`${product}/admin/`);
  await expect(page).toHaveURL(/wwlogin/);
});

test('Ctrl-K jumps by keyboard alone, and an address that does not exist says so', async ({ page }) => {
  await openConsole(page, '/admin/nowhere');
  await expect(page.getByRole('heading', { name: '没有这一页' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: /^跳转/ });
  await expect(palette).toBeFocused();
  await palette.fill('体检');
  await expect(page.getByRole('option', { name: '体检' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '体检', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test("opened under the server's own port, the console moves to the address that takes writes", async ({ page }) => {
  await openConsole(page);
  await page.goto(`http://localhost:${process.env['E2E_PORT'] ?? ''}/admin/doctor`);
  await expect(page).toHaveURL(`${product}/admin/doctor`);
});

test('the doctor names what is wrong and how to mend it, and can be asked again', async ({ page, request }) => {
  await openConsole(page, '/admin/doctor');
  await expect(page.getByRole('listitem').filter({ hasText: '可信 IP' })).toContainText('放行');
  await request.post('/_sim/corp', { data: { callable: false } });
  try {
    // A report is given again for 15 s: WeCom bans an address that asks too often.
    await expect(async () => {
      await page.getByRole('button', { name: '再查一次' }).click();
      await expect(page.getByRole('heading', { name: /项要改/ })).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 25_000 });
    await expect(page.getByRole('listitem').filter({ hasText: '怎么改' }).first()).toContainText('可调用接口的应用');
    // Whoever reads the console in English reads the doctor in English, whatever it had said in Chinese before.
    await page.evaluate(() => localStorage.setItem('nextline-console-locale', 'en'));
    await page.reload();
    await expect(page.getByRole('listitem').filter({ hasText: 'To fix' }).first()).toContainText('Tick this app in WeCom’s console');
  } finally {
    await request.post('/_sim/corp', { data: { callable: true } });
  }
});
