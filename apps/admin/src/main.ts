import { PiniaColada } from '@pinia/colada';
import { createPinia } from 'pinia';
import 'tdesign-vue-next/es/style/index.css';
import { createApp } from 'vue';
import './base.css';
import '@nextline/tokens/tokens.css';
import './theme/tdesign.css';
import './page/page.css';
import { readBoot, setBoot } from './boot.ts';
import { startClock } from './clock.ts';
import Console from './Console.vue';
import { createConsoleRouter } from './router.ts';
import { followTheme } from './theme/theme.ts';

followTheme(document.documentElement);
const boot = readBoot(document);
if (boot && location.origin !== boot.publicUrl) {
  // Opened under the server's own port or an inner name: writes are taken under one address only.
  location.replace(boot.publicUrl + location.pathname + location.search + location.hash);
} else if (boot) {
  setBoot(boot);
  startClock(boot.serverTime);
  createApp(Console).use(createPinia()).use(PiniaColada, {}).use(createConsoleRouter()).mount('#app');
} else location.assign(`/auth/start?return_to=${encodeURIComponent(location.pathname)}`);
