import { PiniaColada } from '@pinia/colada';
import type { SidebarBoot } from '@nextline/contract';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { bootKey } from './boot.ts';
import { startClock } from './clock.ts';
import { bridgeKey, openingKey } from './customer/current-customer.ts';
import type { Opening } from './opening.ts';
import Sidebar from './Sidebar.vue';

/** Draws the sidebar. `opening` is null in a plain browser. */
export function mountSidebar(boot: SidebarBoot, opening: Opening | null): void {
  startClock(boot.serverTime);
  createApp(Sidebar)
    .use(createPinia())
    .use(PiniaColada, {})
    .provide(bootKey, boot)
    .provide(bridgeKey, opening?.bridge ?? null)
    .provide(openingKey, opening)
    .mount('#app');
}

/** For a page without its boot data that a log-in did not heal. */
export async function mountPageBroken(): Promise<void> {
  const { default: page } = await import('./states/PageBroken.vue');
  createApp(page).mount('#app');
}
