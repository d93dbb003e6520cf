import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

/** 沈乔 leads the brand and is its admin; 陆一鸣 is 总部运营. */
export const admin = 'shenqiao';
export const operator = 'luyiming';

/** The product as WeCom and a desktop browser reach it. */
export const product = `http://localhost:${process.env['E2E_SIM_WEBVIEW_PORT'] ?? ''}`;

/** Opens a page of the console in a desktop browser; somebody who is not signed in scans the code of WeCom's login first. */
export async function openConsole(page: Page, path = '/admin/', staff: string = admin): Promise<void> {
  await page.goto(product + path);
  if (new URL(page.url()).pathname === '/wwlogin/sso/login') await scanAs(page, staff);
  await expect(page.getByRole('navigation', { name: /^(菜单|Menu)$/ })).toBeVisible();
}

/** At WeCom's login page: uses the phone of this member of staff. */
export async function scanAs(page: Page, staff: string): Promise<void> {
  await page.locator(`a[href*="sim_staff=${staff}"]`).click();
}

const axePath = createRequire(import.meta.url).resolve('axe-core');

type Violation = { id: string; impact: string; nodes: string[] };

/** What axe finds on the page as it is now, of serious and critical impact. */
export async function seriousTroubles(page: Page): Promise<Violation[]> {
  // Our policy lets no foreign script in: put there by the test, not by the page.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    type Found = { id: string; impact: string | null; nodes: { html: string; failureSummary?: string }[] };
    const { axe }: typeof globalThis & { axe?: { run(): Promise<{ violations: Found[] }> } } = globalThis;
    if (!axe) throw new Error('axe is not on the page');
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => ({
        id,
        impact: impact ?? '',
        nodes: nodes.slice(0, 4).map((node) => `${node.html} ${node.failureSummary ?? ''}`),
      }));
  });
}
