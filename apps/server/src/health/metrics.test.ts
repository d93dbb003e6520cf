import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTestApp } from '../test-app.ts';
import { createMetrics } from './metrics.ts';

test('docs/operations.md names every metric of ours, and none that is not there', async () => {
  const metrics = createMetrics();
  const world = await startTestApp({ app: { metrics } });
  metrics.watchPool(world.database.pool);
  try {
    const { body } = await world.app.inject({ method: 'GET', url: '/metrics' });
    const told = [...body.matchAll(/^# TYPE (nextline_\w+)/gm)].map(([, name]) => name);
    const guide = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
    const named = [...guide.matchAll(/`(nextline_\w+)[`{ ]/g)].map(([, name]) => name);
    const ofRoles = new Set(['nextline_app', 'nextline_corp_']);
    expect([...new Set(named)].filter((name) => !ofRoles.has(name ?? '')).toSorted()).toEqual([...new Set(told)].toSorted());
  } finally {
    await world.close();
  }
});

test('what cannot be known is left out: a zero would keep an alarm silent', async () => {
  const metrics = createMetrics();
  let known: number | null = 7;
  metrics.watch('nextline_try', 'only here', async () => known);
  expect(await metrics.registry.metrics()).toContain('nextline_try 7');
  known = null;
  expect(await metrics.registry.metrics()).not.toMatch(/^nextline_try /m);
  known = 0;
  expect(await metrics.registry.metrics()).toContain('nextline_try 0');
});
