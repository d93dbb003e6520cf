import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestApp } from '../test-app.ts';
import { addressOf, nameOf, readApiRoutes } from './api-routes.ts';
import { openCorp } from './test-full-corp.ts';

let world: TestApp;
beforeAll(async () => {
  world = await openCorp();
});
afterAll(() => world.close());

const moments = [
  '2026-06-09T06:32:00.000Z',
  '+275760-09-13T00:00:00.000Z',
  '-000001-01-01T00:00:00.000Z',
  '0000-01-01T00:00:00.000Z',
  '2026-02-30T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
];
const ids = ['wmLin', 'touch 0198c0de-0000-7000-8000-000000000001', '', 'a\u0000b', '\ud800', 'x'.repeat(300)];
const pack = (text: string) => Buffer.from(text).toString('base64url');
const forged = moments.flatMap((at) =>
  ids.flatMap((id) => [pack(`${at} ${id}`), pack(JSON.stringify([at, id])), pack(JSON.stringify([id, id])), `${Date.parse(at)}.${id}`]),
);

test('a place in a list that nobody was given is refused or leads nowhere, and never breaks the server', async () => {
  const paged = (await readApiRoutes(world.app)).flatMap((route) => {
    const name = route.parameters.find((one) => one.in === 'query' && ['cursor', 'before'].includes(one.name))?.name;
    return name !== undefined && route.method === 'GET' ? [{ route, name }] : [];
  });
  expect(paged.length).toBeGreaterThan(5);
  const broken: string[] = [];
  for (const { route, name } of paged)
    for (const cursor of forged) {
      const url = addressOf(route, { externalUserId: 'wmLin', importId: '0198c0de-0000-7000-8000-000000000001' }, { [name]: cursor });
      const answer = await world.app.inject({ url, headers: world.cookieOf(route.path.startsWith('/api/sidebar') ? 'zhou' : 'admin') });
      if (answer.statusCode >= 500) broken.push(`${nameOf(route)} ${Buffer.from(cursor, 'base64url').toString()}: ${answer.body}`);
    }
  expect(broken).toEqual([]);
});
