/** `pnpm start`. Nothing of the server is imported here, so that all of it is loaded the quick way. */
import { loadQuickly } from './load-quickly.ts';

const loaded = loadQuickly();
await import('./start-server.ts');
loaded();
