import type { SidebarBoot } from '@nextline/contract';

/** What the server wrote into the page; null when it is missing or broken, which a log-in heals. */
export function readBoot(page: Document): SidebarBoot | null {
  const text = page.getElementById('nextline-boot')?.textContent;
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
