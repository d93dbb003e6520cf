import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const server = process.env.SIDEBAR_SERVER_URL ?? 'http://localhost:7300';

export default defineConfig({
  base: '/sidebar/',
  plugins: [vue()],
  // Neither we nor our libraries write components with options.
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  // The SDK's readable build: the same code as its minified one, and a kilobyte smaller once our minifier has seen all of it.
  resolve: { alias: { '@wecom/jssdk': '@wecom/jssdk/dist/wecom.js' } },
  build: {
    // WeCom brings its own webview: Chromium 87 on desktops that do not update, WKWebView of iOS 14.
    target: ['chrome87', 'safari14'],
    manifest: true,
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': server, '/auth': server, '/media': server } },
  test: { name: 'sidebar', environment: 'happy-dom', include: ['src/**/*.test.ts'], env: { TZ: 'UTC' } },
});
