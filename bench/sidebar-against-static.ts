/** R8: from opening the address to a panel that can be used, on a processor four times slower, against the least page that shows the same customer's name. */
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
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

const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.0.0 Safari/537.36 wxwork/4.1.36 (MicroMessenger/6.2) WindowsWechat';

type Arm = 'sidebar' | 'static';
type Opening = { usableMs: number; scripts: string[]; apiCalls: number };

/** Runs in the page, before its own scripts: looks once per frame whether it can be used, so either arm is told at most a frame late. */
function watchForUse(arm: Arm): void {
  const isUsable = (): boolean =>
    arm === 'static'
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
  const resources = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  return {
    usableMs: performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN,
    scripts: resources.filter(({ pathname }) => pathname.endsWith('.js')).map(({ href }) => href),
    apiCalls: resources.filter(({ pathname }) => pathname.startsWith('/api/')).length,
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

/** What the scripts weigh as a phone would load them. */
async function gzippedBytes(scripts: string[]): Promise<number> {
  const sizes = await Promise.all(scripts.map(async (url) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length));
  return sizes.reduce((sum, size) => sum + size, 0);
}

export async function sidebarAgainstStatic({ stand, options, onRound }: Run): Promise<Outcome> {
  const [relation] = stand.relations;
  if (!relation) throw new Error('nobody follows anybody');
  const serverPort = await freePort();
  const product = await startProduct(stand, serverPort);
  const webview = await startWebview(stand.publicPort, serverPort);
  const origin = `http://localhost:${webview.port}`;
  let browser: Browser | null = null;
  try {
    const cookie = await logIn(origin, stand.simulatorUrl, relation.staffUserId);
    const [name = '', value = ''] = cookie.split('=');
    browser = await chromium.launch(playwright.use?.launchOptions);
    const arms = { sidebar: '/sidebar/', static: '/static-page' };
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
    const openings = await measurePairs({
      ...options.pairs,
      candidate: () => cold('sidebar'),
      reference: () => cold('static'),
      ratioOf: (sidebar, page) => ({ candidate: sidebar.usableMs, reference: page.usableMs }),
      onRound,
    });
    const scriptBytes = await gzippedBytes(openings[0]?.candidate.scripts ?? []);
    const pairs = openings.map(({ candidate, reference }) => ({ candidate: candidate.usableMs, reference: reference.usableMs }));
    return outcome(estimateRatio(pairs), target, 'at most', {
      pairs: pairs.length,
      sidebarMs: Math.round(median(pairs.map(({ candidate }) => candidate))),
      staticMs: Math.round(median(pairs.map(({ reference }) => reference))),
      cpuSlowDown: slowDown,
      apiCallsUntilUsable: openings[0]?.candidate.apiCalls,
      scriptBytesGzip: scriptBytes,
      scriptBytesTarget: mostScriptBytes,
      scriptBytesVerdict: scriptBytes <= mostScriptBytes ? 'met' : 'missed',
      usable: 'the first enabled button 发送 is on the page',
    });
  } finally {
    await browser?.close();
    await webview.close();
    await product.stop();
  }
}
