import vue from '@vitejs/plugin-vue';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const server = process.env.SIDEBAR_SERVER_URL ?? 'http://localhost:7300';

const base = '/sidebar/';

const link = (rel: string, file: string) => ({
  tag: 'link',
  attrs: { rel, crossorigin: true, href: base + file },
  injectTo: 'head' as const,
});

/** Vite announces what the entry imports. The app comes by import(), so that the first question need not wait for it: announced all the same. */
function announceApp(): Plugin {
  return {
    name: 'announce-app',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const needed = new Set(chunks.filter(({ moduleIds }) => moduleIds.some((id) => id.endsWith('/src/app.ts'))));
        // A set that grows while it is walked is walked to its end.
        for (const { imports } of needed) for (const chunk of chunks) if (imports.includes(chunk.fileName)) needed.add(chunk);
        return [...needed]
          .filter(({ fileName }) => !html.includes(fileName))
          .flatMap(({ fileName, viteMetadata }) => [
            link('modulepreload', fileName),
            ...[...(viteMetadata?.importedCss ?? [])].map((file) => link('stylesheet', file)),
          ]);
      },
    },
  };
}

export default defineConfig({
  base,
  plugins: [vue(), announceApp()],
  // Neither we nor our libraries write components with options.
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  // The SDK's readable build: the same code as its minified one, and a kilobyte smaller once our minifier has seen all of it.
  resolve: { alias: { '@wecom/jssdk': '@wecom/jssdk/dist/wecom.js' } },
  build: {
    // WeCom brings its own webview: Chromium 87 on desktops that do not update, WKWebView of iOS 14.
    target: ['chrome87', 'safari14'],
    manifest: true,
    assetsInlineLimit: 0,
    // The page announces the app itself. Whatever else comes later needs its styles before it is drawn, and nothing sooner.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, needed, { hostType }) =>
        hostType === 'html' ? needed : needed.filter((file) => file.endsWith('.css') && !/\/app-/.test(file)),
    },
    rolldownOptions: {
      output: {
        // Few files: each costs a slow phone some milliseconds. What the page begins with stays apart from the app, and is one file.
        codeSplitting: {
          groups: [
            { name: 'first', test: /src\/main\.ts$|sidebar\/index\.html/, priority: 2 },
            { name: 'app', test: /src\/app\.ts$/, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/auth': server, '/media': server } },
  test: { name: 'sidebar', environment: 'happy-dom', include: ['src/**/*.test.ts'], env: { TZ: 'UTC' } },
});
