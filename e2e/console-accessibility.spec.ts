import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { admin, openConsole, product, seriousTroubles } from './console.ts';
import { expect, test } from './simulated-wecom.ts';

/** The console's routes, as text: they are written for a bundler. */
const source = fileURLToPath(new URL('../apps/admin/src', import.meta.url));
const lists = globSync('{routes.ts,pages/*/routes.ts}', { cwd: source }).map((file) => readFileSync(`${source}/${file}`, 'utf8'));
const paths = lists.flatMap((list) => [...list.matchAll(/path: '([^']+)'/g)].map(([, path = '']) => path));

/** A page of one thing needs one: where its list is asked for, and which field of its first row goes into the address. */
const whereToFind = new Map([
  [':scriptId', { route: '/api/admin/scripts?limit=1', list: 'scripts', id: 'scriptId' }],
  [':externalUserId', { route: '/api/admin/customers?limit=1', list: 'customers', id: 'externalUserId' }],
]);

async function addressOf(page: Page, path: string): Promise<string> {
  const param = /:\w+/.exec(path)?.[0];
  if (param === undefined) return path;
  const known = whereToFind.get(param);
  if (!known) throw new Error(`say in this file where one finds a ${param}, so that ${path} can be looked at`);
  await openConsole(page, '/admin/doctor', admin);
  const answer: Record<string, Record<string, string>[]> = await (await page.request.get(product + known.route)).json();
  return path.replace(param, encodeURIComponent(answer[known.list]?.[0]?.[known.id] ?? ''));
}

test('the pages were found at all', () => {
  expect(paths).toContain('/doctor');
});

// Words do not depend on colours: each language in one scheme is every page in both.
for (const [colorScheme, language] of [
  ['light', 'zh-CN'],
  ['dark', 'en'],
] as const) {
  test.describe(`in the ${colorScheme} scheme, in ${language}`, () => {
    test.use({ colorScheme });
    test.beforeEach(({ page }) => page.addInitScript((chosen) => localStorage.setItem('nextline-console-locale', chosen), language));
    for (const path of paths) {
      test(`axe finds nothing serious on ${path}, and it fits`, async ({ page }) => {
        await openConsole(page, `/admin${await addressOf(page, path)}`, admin);
        await page.waitForLoadState('networkidle');
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        expect(await seriousTroubles(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      });
    }

    test('axe finds nothing serious in the palette and the menu of the person', async ({ page }) => {
      await openConsole(page);
      await page.getByRole('button', { name: /^沈乔/ }).click();
      expect(await seriousTroubles(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('combobox', { name: /^(跳转|Jump)/ })).toBeFocused();
      expect(await seriousTroubles(page)).toEqual([]);
    });
  });
}
