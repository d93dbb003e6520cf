import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** The client page; `node src/main.ts` serves what is built here. */
export default defineConfig({
  root: 'client',
  plugins: [vue()],
  build: { outDir: '../dist', emptyOutDir: true },
});
