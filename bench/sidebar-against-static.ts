/** R8: from opening the address to a panel that can be used, on a processor four times slower, against the least page that asks WeCom who is here and shows her name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { buildApps } from '../demo/build-apps.ts';
import { freePort } from '../local-postgres/free-port.ts';
import playwright from '../playwright.config.ts';
import { logIn } from './log-in.ts';
import { measurePairs } from './pairs.ts';
import { startProduct } from './product.ts';
import { estimateRatio, median } from './ratio.ts';
import { type Outcome, outcome } from './results.ts';
import type { Run } from './measurement.ts';
import { startWebview } from './webview.ts';

const target = 1.3;
const mostScriptBytes = 60_000;
const slowDown = 4;
const dist = fileURLToPath(new URL('../apps/sidebar/dist', import.meta.url));

const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.0.0 Safari/537.36 wxwork/4.1.36 (MicroMessenger/6.2) WindowsWechat';

/** `bare` is the static page told who is here by its address, which WeCom does to no page: beside the ratio, for whoever wants to know. */
type Arm = 'sidebar' | 'static' | 'bare';
/** `askedMs`, `answeredMs`: when the panel was asked for and when its last byte was there. */
type Opening = { usableMs: number; askedMs: number; answeredMs: number; scripts: string[]; apiCalls: number };

/** Runs in the page, before its own scripts: looks once per frame whether it can be used, so either arm is told at most a frame late. */
function watchForUse(arm: Arm): void {
  const isUsable = (): boolean =>
    arm !== 'sidebar'
      ? (document.getElementById('name')?.textContent ?? '') !== ''
      : [...document.querySelectorAll('button:not(:disabled)')].some((button) => button.textContent.trim().startsWith('发送'));
  const look = (): void => {
    if (isUsable()) performance.mark('usable');
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Runs in the page once it can be used. */
function readOpening(): Opening {
  const usableMs = performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN;
  const resources = performance.getEntriesByType('resource').filter((entry) => entry instanceof PerformanceResourceTiming);
  const panel = resources.find(({ name }) => new URL(name).pathname.startsWith('/api/sidebar/customers/'));
  return {
    usableMs,
    askedMs: panel?.startTime ?? Number.NaN,
    answeredMs: panel?.responseEnd ?? Number.NaN,
    scripts: resources.filter(({ name, responseEnd }) => name.endsWith('.js') && responseEnd <= usableMs).map(({ name }) => name),
    apiCalls: resources.filter(({ name, startTime }) => name.includes('/api/') && startTime <= usableMs).length,
  };
}

async function open(context: BrowserContext, arm: Arm, address: string): Promise<Opening> {
  const page: Page = await context.newPage();
  try {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
    await page.addInitScript(watchForUse, arm);
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0, undefined, { timeout: 20_000 });
    return await page.evaluate(readOpening);
  } catch (error) {
    const shown = await page
      .locator('body')
      .innerText()
      .catch(() => '');
    throw new Error(`the ${arm} page was not usable within 20 s; it shows: ${shown.slice(0, 300)}`, { cause: error });
  } finally {
    await page.close();
  }
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** What scripts weigh as a phone would load them. */
async function gzippedBytes(scripts: string[]): Promise<number> {
  return sum(await Promise.all(scripts.map(async (url) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length)));
}

/** The first route: the entry, the app that draws the first words, and what these cannot start without. */
function firstRouteBytes(): number {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<
    string,
    { file: string; name?: string; isEntry?: boolean; imports?: string[] }
  >;
  const needed = new Set(
    Object.keys(manifest).filter((key) => {
      const { isEntry, name, file } = manifest[key] ?? { file: '' };
      return isEntry || (name === 'app' && file.endsWith('.js'));
    }),
  );
  // A set that grows while it is walked is walked to its end.
  for (const key of needed) for (const imported of manifest[key]?.imports ?? []) needed.add(imported);
  return sum([...needed].map((key) => gzipSync(readFileSync(join(dist, manifest[key]?.file ?? ''))).length));
}

export async function sidebarAgainstStatic({ stand, options, onRound }: Run): Promise<Outcome> {
  const [relation] = stand.relations;
  if (!relation) throw new Error('nobody follows anybody');
  await buildApps();
  const serverPort = await freePort();
  const product = await startProduct(stand, serverPort);
  const webview = await startWebview(stand.publicPort, serverPort);
  const origin = `http://localhost:${webview.port}`;
  let browser: Browser | null = null;
  try {
    const cookie = await logIn(origin, stand.simulatorUrl, relation.staffUserId);
    const [name = '', value = ''] = cookie.split('=');
    browser = await chromium.launch(playwright.use?.launchOptions);
    const arms = { sidebar: '/sidebar/', static: '/static-page', bare: '/bare-page' };
    const measure = async (arm: Arm, context: BrowserContext): Promise<Opening> =>
      open(context, arm, `${origin}${arms[arm]}?bench-customer=${relation.externalUserId}`);
    /** Nothing cached: the first opening on a new phone. */
    const cold = async (arm: Arm): Promise<Opening> => {
      const context = await (browser as Browser).newContext({ userAgent, viewport: { width: 360, height: 720 } });
      try {
        await context.addCookies([{ name, value, url: origin }]);
        return await measure(arm, context);
      } finally {
        await context.close();
      }
    };
    await cold('sidebar');
    await cold('static');
    await cold('bare');
    const openings = await measurePairs({
      ...options.pairs,
      candidate: () => cold('sidebar'),
      reference: () => cold('static'),
      ratioOf: (sidebar, page) => ({ candidate: sidebar.usableMs, reference: page.usableMs }),
      onRound,
    });
    const pairs = openings.map(({ candidate, reference }) => ({ candidate: candidate.usableMs, reference: reference.usableMs }));
    const bare: Opening[] = [];
    while (bare.length < openings.length) bare.push(await cold('bare'));
    const scriptBytes = firstRouteBytes();
    const describe = (arm: Opening[]) => ({
      askedMs: Math.round(median(arm.map(({ askedMs }) => askedMs))),
      answeredMs: Math.round(median(arm.map(({ answeredMs }) => answeredMs))),
      usableMs: Math.round(median(arm.map(({ usableMs }) => usableMs))),
    });
    return outcome(estimateRatio(pairs), target, 'at most', {
      stretch: 1.1,
      pairs: pairs.length,
      cpuSlowDown: slowDown,
      usable: 'the first enabled button 发送 is on the page; nothing cached before',
      sidebar: describe(openings.map(({ candidate }) => candidate)),
      static: describe(openings.map(({ reference }) => reference)),
      staticWithoutSdk: describe(bare),
      apiCallsUntilUsable: Math.max(...openings.map(({ candidate }) => candidate.apiCalls)),
      scripts: {
        firstRouteBytesGzip: scriptBytes,
        target: mostScriptBytes,
        verdict: scriptBytes <= mostScriptBytes ? 'met' : 'missed',
        loadedUntilUsableBytesGzip: await gzippedBytes(openings[0]?.candidate.scripts ?? []),
      },
    });
  } finally {
    await browser?.close();
    await webview.close();
    await product.stop();
  }
}
