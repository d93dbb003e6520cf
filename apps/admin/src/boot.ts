import type { AdminBoot, Permission } from '@nextline/contract';
import { shallowRef } from 'vue';

/** What the server wrote into the page; null when it is missing or broken, which a reload through the sign-in heals. */
export function readBoot(page: Document): AdminBoot | null {
  const text = page.getElementById('nextline-boot')?.textContent;
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const current = shallowRef<AdminBoot | null>(null);

/** Set before the console is mounted, and again whenever the server has said something newer. */
export function setBoot(boot: AdminBoot): void {
  current.value = boot;
}

/** Who is looking, at which corp, with which permissions. In a template or a computed it follows what `setBoot` says. */
export function useBoot(): AdminBoot {
  if (!current.value) throw new Error('the console was mounted without its boot data');
  return current.value;
}

/** Whether to show what the server would otherwise refuse. */
export const may = (permission: Permission): boolean => useBoot().permissions.includes(permission);

/** Who looks after all stores; a manager only finds what is the own store's. */
export const seesWholeCorp = (): boolean => useBoot().staff.role !== 'manager';
