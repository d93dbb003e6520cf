import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    projects: [
      {
        extends: true,
        test: { name: 'packages', include: ['packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'local-postgres/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['apps/server/src/**/*.test.ts', 'demo/**/*.test.ts', 'bench/**/*.test.ts', 'chaos/**/*.test.ts'],
          globalSetup: ['apps/server/src/test-postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Loading the server takes longer than most files' tests. Each file brings its own database, and nothing else outlives it.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'simulator', include: ['apps/wecom-simulator/{src,client}/**/*.test.ts'] } },
      './apps/sideba[r]/vite.config.ts',
      './apps/admi[n]/vite.config.ts',
    ],
  },
});
