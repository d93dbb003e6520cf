/**
 * Takes the pictures of docs/console.md of a running demo: `npx -y pnpm@12 demo --fresh` in one terminal, `node_modules/.bin/node
 * scripts/take-console-screenshots.ts` in another. Names of pages as arguments take only those. Needs a Chinese font on the machine.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import config from '../playwright.config.ts';
import { fillConsole } from './fill-console.ts';

const product = process.env['PRODUCT_URL'] ?? 'http://localhost:7320';
const sim = process.env['SIM_URL'] ?? 'http://localhost:7310';
const images = process.env['IMAGES'] ?? fileURLToPath(new URL('../docs/images/console', import.meta.url));
mkdirSync(images, { recursive: true });

type Shot = { name: string; path: string | ((page: Page) => Promise<string>); staff?: string; prepare?: (page: Page) => Promise<void> };

/** The first of a list that the console itself would show. */
async function firstOf(page: Page, route: string, list: string, id: string): Promise<string> {
  const answer: Record<string, Record<string, string>[]> = await (await page.request.get(product + route)).json();
  return encodeURIComponent(answer[list]?.[0]?.[id] ?? '');
}

const shots: Shot[] = [
  { name: 'scripts', path: '/scripts' },
  {
    name: 'script',
    path: async (page) =>
      `/scripts/${await firstOf(page, `/api/admin/scripts?limit=1&q=${encodeURIComponent('使用回访')}`, 'scripts', 'scriptId')}`,
  },
  { name: 'review', path: '/scripts/review' },
  { name: 'missing', path: '/scripts/missing' },
  { name: 'media', path: '/scripts/media' },
  { name: 'import', path: '/scripts/import' },
  { name: 'rules', path: '/scripts/rules' },
  { name: 'customers', path: '/customers' },
  {
    name: 'customer',
    path: async (page) =>
      `/customers/${await firstOf(page, `/api/admin/customers?limit=1&filter=${encodeURIComponent('{"q":"林小姐"}')}`, 'customers', 'externalUserId')}`,
  },
  { name: 'segments', path: '/segments' },
  { name: 'tags', path: '/tags' },
  { name: 'stages', path: '/stages' },
  { name: 'people', path: '/people' },
  { name: 'doctor', path: '/doctor' },
  { name: 'sync', path: '/sync' },
  { name: 'callbacks', path: '/callbacks?state=applied' },
  { name: 'audit', path: '/audit' },
  {
    name: 'jump',
    path: '/scripts',
    async prepare(page) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('hf');
      await page.getByRole('option').first().waitFor();
      await page.waitForTimeout(600);
    },
  },
];

async function open(page: Page, path: string, staff: string): Promise<void> {
  await page.goto(`${product}/admin${path}`);
  if (page.url().includes('/wwlogin/')) await page.locator(`a[href*="sim_staff=${staff}"]`).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  // A page that is late to draw what it got would be a picture of nothing.
  await page.locator('.page-body > *, .columns > *').first().waitFor();
}

async function shoot(page: Page, { name, path, staff = 'shenqiao', prepare }: Shot, look: string): Promise<void> {
  if (typeof path !== 'string') await open(page, '/people', staff);
  await open(page, typeof path === 'string' ? path : await path(page), staff);
  await prepare?.(page);
  await page.screenshot({ path: join(images, `${name}-${look}.png`), animations: 'disabled' });
}

const wanted = process.argv.slice(2);
// In the language of the console, so that days are written as its users see them.
const launchOptions = config.use?.launchOptions;
const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions?.args ?? []), '--lang=zh-CN'] });
await fillConsole(browser, product, sim);
for (const colorScheme of ['light', 'dark'] as const)
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    const page = await context.newPage();
    for (const shot of shots) if (wanted.length === 0 || wanted.includes(shot.name)) await shoot(page, shot, `${width}-${colorScheme}`);
    await context.close();
  }
await browser.close();
process.stdout.write(`pictures in ${images}\n`);
