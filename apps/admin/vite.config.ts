import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const server = process.env.ADMIN_SERVER_URL ?? 'http://localhost:7300';

export default defineConfig({
  base: '/admin/',
  plugins: [vue()],
  define: { __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  build: {
    // A desktop browser, or WeCom's own webview on a PC: Chromium 108 in client 4.1.
    target: ['chrome108', 'safari16'],
    manifest: true,
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': server, '/auth': server, '/media': server } },
  // The library's modules import their own style sheets, which Node cannot: let vite read them.
  test: {
    name: 'admin',
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    env: { TZ: 'UTC' },
    server: { deps: { inline: [/tdesign/] } },
  },
});
