/** The other tests of the whole API read the OpenAPI document: what is not in it would be in none of them. */
import { expect, test } from 'vitest';
import { createMetrics } from '../health/metrics.ts';
import { startTestApp } from '../test-app.ts';
import { nameOf, readApiRoutes } from './api-routes.ts';

/** Pages, the sign-in, files that WeCom fetches, WeCom's own calls, and a stream that is no answer: each has tests of its own. */
const undescribed = [
  'GET /',
  'GET /admin',
  'GET /admin/*',
  'GET /admin/assets/*',
  'GET /admin/signed-in',
  'GET /api/sidebar/library/changes',
  'GET /auth/callback',
  'GET /auth/signed-out',
  'GET /auth/start',
  'GET /docs',
  'GET /docs/json',
  'GET /docs/static/*',
  'GET /docs/static/index.html',
  'GET /docs/static/swagger-initializer.js',
  'GET /docs/yaml',
  'GET /media/:sha256',
  'GET /media/:sha256/thumbnail',
  'GET /metrics',
  'GET /sidebar',
  'GET /sidebar/',
  'GET /sidebar/assets/*',
  'GET /wecom/callback',
  'POST /auth/sign-out',
];

test('every route that there is stands in the document, or is known to be none of the API', async () => {
  const registered: string[] = [];
  const metrics = createMetrics();
  const app = await startTestApp({
    app: {
      metrics: {
        ...metrics,
        observeRequests(to) {
          to.addHook('onRoute', ({ method, url }) => {
            for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') registered.push(`${one} ${url}`);
          });
          metrics.observeRequests(to);
        },
      },
    },
  });
  const described = new Set((await readApiRoutes(app.app)).map((route) => nameOf(route).replaceAll(/\{(\w+)\}/g, ':$1')));
  await app.close();
  expect(described.size).toBeGreaterThan(100);
  expect([...new Set(registered)].filter((route) => !described.has(route)).toSorted()).toEqual(undescribed);
});
