import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const server = process.env.SIDEBAR_SERVER_URL ?? 'http://localhost:7300';

export default defineConfig({
  base: '/sidebar/',
  plugins: [vue()],
  build: {
    // WeCom brings its own webview: Chromium 87 on desktops that do not update, WKWebView of iOS 14.
    target: ['chrome87', 'safari14'],
    manifest: true,
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': server, '/auth': server, '/media': server } },
  test: { name: 'sidebar', environment: 'happy-dom', include: ['src/**/*.test.ts'], env: { TZ: 'UTC' } },
});
