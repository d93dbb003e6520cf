/**
 * Takes the README's pictures of a running demo: `npx -y pnpm@12 demo` in one terminal, `node_modules/.bin/node scripts/take-screenshots.ts` in another.
 * They show what a newcomer sees after `demo --fresh`, so take them of a fresh one. Needs a Chinese font on the machine.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import config from '../playwright.config.ts';

const simulator = process.env['SIM_URL'] ?? 'http://localhost:7310';
const images = fileURLToPath(new URL('../docs/images', import.meta.url));
mkdirSync(images, { recursive: true });

const world = (await (await fetch(`${simulator}/_sim/world`)).json()) as { customers: { external_userid: string }[] };
const chat = world.customers[0]?.external_userid ?? '';

type Look = { width: number; height: number; colorScheme: 'light' | 'dark' };

async function shoot(name: string, look: Look, prepare: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.colorScheme,
    deviceScaleFactor: 2,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  await page.goto(`${simulator}/?staff=zhouyining&chat=${chat}`);
  await prepare(page);
  await page.screenshot({ path: join(images, name), animations: 'disabled' });
  await context.close();
}

/** The panel with its customer, its cards and the library's rows. */
async function panelIsThere(page: Page): Promise<void> {
  const sidebar = page.frameLocator('iframe[title="侧边栏"]');
  await sidebar.getByRole('button', { name: /^阶段：/ }).waitFor();
  await sidebar.getByRole('button', { name: '发送' }).first().waitFor();
  await sidebar
    .getByRole('button', { name: /^发送「/ })
    .nth(3)
    .waitFor();
  await page.waitForLoadState('networkidle');
}

/** The sidebar alone, as wide as it is beside a chat: its own page, moved out of the client's frame. */
async function sidebarAlone(page: Page): Promise<void> {
  await page.getByRole('button', { name: '打开侧边栏' }).click();
  await panelIsThere(page);
  await page.addStyleTag({
    content: 'iframe[title="侧边栏"]{position:fixed!important;inset:0!important;width:100vw!important;height:100vh!important;z-index:9999}',
  });
}

const browser = await chromium.launch(config.use?.launchOptions);
await shoot('demo-1440.png', { width: 1440, height: 900, colorScheme: 'light' }, panelIsThere);
await shoot('demo-1440-dark.png', { width: 1440, height: 900, colorScheme: 'dark' }, panelIsThere);
for (const colorScheme of ['light', 'dark'] as const)
  await shoot(`sidebar-360-${colorScheme}.png`, { width: 360, height: 720, colorScheme }, sidebarAlone);
await shoot('sidebar-search.png', { width: 360, height: 720, colorScheme: 'light' }, async (page) => {
  await sidebarAlone(page);
  const sidebar = page.frameLocator('iframe[title="侧边栏"]');
  await sidebar.getByRole('textbox', { name: '搜话术' }).fill('hb');
  await sidebar.getByRole('textbox', { name: '搜话术' }).press('ArrowDown');
});
await shoot('sidebar-tags.png', { width: 360, height: 720, colorScheme: 'light' }, async (page) => {
  await sidebarAlone(page);
  const sidebar = page.frameLocator('iframe[title="侧边栏"]');
  await sidebar.getByRole('button', { name: /^标签：/ }).click();
  await sidebar.getByRole('region', { name: '肤质' }).waitFor();
});
await browser.close();
process.stdout.write(`pictures in ${images}\n`);
