/** S1: a guide taps another chat; from the tap until that customer is painted in the sidebar, in the demo, each customer for the first time. */
import { type Browser, chromium, type Frame, type Page } from '@playwright/test';
import playwright from '../playwright.config.ts';
import { type Demo, startDemo } from './demo.ts';
import type { Run } from './measurement.ts';
import type { Outcome } from './results.ts';
import { percentile } from './ratio.ts';
import { withinLimit } from './within-limit.ts';

const limitMs = 150;
const guide = 'zhouyining';
/** Enough for a percentile, few enough to fit the chats of one guide. */
const switchesPerRound = 20;

type Chat = { chat: string; kind: 'single' | 'group'; name: string; remark: string; relation: string };

async function chatsOf(demo: Demo): Promise<{ id: string; shownAs: string }[]> {
  const { chats } = (await (await fetch(`${demo.simulatorUrl}/_sim/chats?staff=${guide}`)).json()) as { chats: Chat[] };
  return chats
    .filter(({ kind, relation }) => kind === 'single' && relation === 'active')
    .map(({ chat, name, remark }) => ({ id: chat, shownAs: remark || name }));
}

/** Runs in the sidebar: resolves with the time at which this customer had been painted. */
function paintedAt(name: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      const shown = document.querySelector('h1 .name')?.textContent.trim();
      if (shown !== name || document.querySelector('main [aria-label^="阶段："]') === null) {
        requestAnimationFrame(look);
        return;
      }
      // This very frame draws it; what comes after the frame comes after the paint.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => resolve(performance.timeOrigin + performance.now()), { once: true });
      port1.start();
      port2.postMessage(null);
    };
    look();
  });
}

/** Runs in the client page: remembers when the last tap was made. */
function noteTaps(): void {
  addEventListener(
    'click',
    (event) => void (document.documentElement.dataset['tappedAt'] = String(performance.timeOrigin + event.timeStamp)),
    {
      capture: true,
    },
  );
}

async function sidebarIn(page: Page): Promise<Frame> {
  await page
    .frameLocator('iframe[title="侧边栏"]')
    .getByRole('button', { name: /^阶段：/ })
    .waitFor();
  const frame = page.frames().find((one) => one.url().includes('/sidebar/'));
  if (!frame) throw new Error('the client shows no sidebar');
  return frame;
}

async function oneRound(browser: Browser, demo: Demo, chats: { id: string; shownAs: string }[]): Promise<number[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  try {
    const page = await context.newPage();
    await page.goto(`${demo.simulatorUrl}/?staff=${guide}&chat=${chats[0]?.id ?? ''}`);
    const sidebar = await sidebarIn(page);
    await page.evaluate(noteTaps);
    const waits: number[] = [];
    for (const { id, shownAs } of chats.slice(1)) {
      const painted = sidebar.evaluate(paintedAt, shownAs);
      await page.locator(`[data-chat="${id}"]`).click();
      waits.push((await painted) - Number(await page.evaluate(() => document.documentElement.dataset['tappedAt'])));
      await page.waitForLoadState('networkidle');
    }
    return waits;
  } finally {
    await context.close();
  }
}

export async function switchCustomer({ options, onRound }: Run): Promise<Outcome> {
  const demo = await startDemo();
  let browser: Browser | null = null;
  try {
    // Two customers of one name, one after the other, could not be told apart.
    const chats = [...new Map((await chatsOf(demo)).map((chat) => [chat.shownAs, chat])).values()].slice(0, switchesPerRound + 1);
    browser = await chromium.launch(playwright.use?.launchOptions);
    await oneRound(browser, demo, chats.slice(0, 3));
    const rounds: number[][] = [];
    while (rounds.length < options.pairs.least) {
      rounds.push(await oneRound(browser, demo, chats));
      const last = rounds.at(-1)?.toSorted((a, b) => a - b) ?? [];
      onRound(rounds.length, { candidate: percentile(last, 0.95), reference: limitMs });
    }
    return withinLimit(rounds, limitMs, {
      rounds: rounds.length,
      from: 'the tap on another chat in the client',
      until: 'her name and stage are painted in the sidebar; nobody opened twice in a round',
    });
  } finally {
    await browser?.close();
    await demo.stop();
  }
}
