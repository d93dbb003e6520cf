import type { SidebarBoot } from '@nextline/contract';
import { inject, type InjectionKey } from 'vue';

export const bootKey: InjectionKey<SidebarBoot> = Symbol('boot');

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

/** Who is looking, at which corp, with which library version. */
export function useBoot(): SidebarBoot {
  const boot = inject(bootKey);
  if (!boot) throw new Error('the sidebar was mounted without its boot data');
  return boot;
}
