import type { Browser, Page } from '@playwright/test';
import { openConsole } from './console.ts';
import { expect } from './simulated-wecom.ts';

/** Somebody at a desk of their own, in the console. */
export async function at(browser: Browser, path: string, staff: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openConsole(page, path, staff);
  return page;
}

export const firstText = (page: Page) => page.getByRole('textbox', { name: '第 1 条，文字' });
export const title = (page: Page) => page.getByRole('textbox', { name: '标题', exact: true });
export const isSaved = (page: Page) => expect(page.getByText(/\d\d:\d\d 已自动存/)).toBeVisible();

/** A new script of one text, saved by itself; the page stays on it. */
export async function write(page: Page, words: { title: string; text: string }): Promise<void> {
  await page.getByRole('button', { name: '写一条' }).first().click();
  await title(page).fill(words.title);
  await firstText(page).fill(words.text);
  await isSaved(page);
}

/** Writes a script as the operator and lets the admin pass it. */
export async function publish(desk: Page, reviewer: Page): Promise<void> {
  await desk.getByRole('button', { name: '提交审核' }).click();
  await expect(desk.getByText('提交了，等同事审核')).toBeVisible();
  await reviewer.goto(desk.url());
  await reviewer.getByRole('button', { name: '通过' }).click();
  await expect(reviewer.getByText('通过了，侧边栏马上能用')).toBeVisible();
}
