import type { SidebarBoot } from '@nextline/contract';
import { inject, type InjectionKey } from 'vue';

export const bootKey: InjectionKey<SidebarBoot> = Symbol('boot');

/** Who is looking, at which corp, with which library version. */
export function useBoot(): SidebarBoot {
  const boot = inject(bootKey);
  if (!boot) throw new Error('the sidebar was mounted without its boot data');
  return boot;
}
