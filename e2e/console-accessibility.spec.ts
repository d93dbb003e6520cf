import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { admin, openConsole, seriousTroubles } from './console.ts';
import { expect, test } from './simulated-wecom.ts';

/** The console's routes, as text: they are written for a bundler. Pages of one script or customer are reached through their lists. */
const source = fileURLToPath(new URL('../apps/admin/src', import.meta.url));
const lists = globSync('{routes.ts,pages/*/routes.ts}', { cwd: source }).map((file) => readFileSync(`${source}/${file}`, 'utf8'));
const paths = lists.flatMap((list) => [...list.matchAll(/path: '([^':]+)'/g)].map(([, path = '']) => path));

test('the pages were found at all', () => {
  expect(paths).toContain('/doctor');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme });
    for (const path of paths) {
      test(`axe finds nothing serious on ${path}`, async ({ page }) => {
        await openConsole(page, `/admin${path}`, admin);
        await page.waitForLoadState('networkidle');
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect(await seriousTroubles(page)).toEqual([]);
      });
    }

    test('axe finds nothing serious in the palette and the menu of the person', async ({ page }) => {
      await openConsole(page);
      await page.getByRole('button', { name: /^沈乔/ }).click();
      expect(await seriousTroubles(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('combobox')).toBeFocused();
      expect(await seriousTroubles(page)).toEqual([]);
    });
  });
}
