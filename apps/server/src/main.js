/** `pnpm start`. JavaScript, and nothing of the server is imported here: TypeScript would first need what strips its types, uncached. */
import { loadQuickly } from './load-quickly.js';

const loaded = loadQuickly();
await import('./start-server.ts');
loaded();
