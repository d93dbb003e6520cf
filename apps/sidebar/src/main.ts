import './old-webviews.ts';
import './base.css';
import './theme.css';
import { PiniaColada } from '@pinia/colada';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { bootKey, readBoot } from './boot.ts';
import { connectBridge, insideWecom } from './bridge/wecom-bridge.ts';
import { startClock } from './clock.ts';
import { bridgeKey } from './customer/current-customer.ts';
import { followScheme } from './scheme.ts';
import { logInAgain } from './session.ts';
import Sidebar from './Sidebar.vue';

followScheme(document.documentElement);
const boot = readBoot(document);
if (boot) {
  startClock(boot.serverTime);
  createApp(Sidebar)
    .use(createPinia())
    .use(PiniaColada, {})
    .provide(bootKey, boot)
    .provide(bridgeKey, insideWecom(navigator.userAgent) ? connectBridge(boot) : null)
    .mount('#app');
} else if (!logInAgain(Date.now())) {
  void import('./states/PageBroken.vue').then(({ default: page }) => createApp(page).mount('#app'));
}
