import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notes } from '../notes/notes.table.ts';
import { stageMoves } from '../stages/stages.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop } from '../test-shop.ts';
import { customers, follows } from './customers.table.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
});
afterAll(() => app.close());

const end = (staffUserId: string) =>
  app.deps.db
    .update(follows)
    .set({ endedAt: app.clock.now(), endedBy: 'customer' })
    .where(and(eq(follows.externalUserId, 'wmLin'), eq(follows.staffUserId, staffUserId)));

const changes: [method: 'PUT' | 'POST', path: string, payload: () => Record<string, unknown>][] = [
  ['PUT', '/stage', () => ({ stageId: 'won' })],
  ['PUT', '/opt-out', () => ({ optedOut: true })],
  ['POST', '/notes', () => ({ noteId: uuidv7(), text: '不归我了' })],
];
const tryAll = async (staffUserId: string) => {
  const told: unknown[] = [];
  for (const [method, path, payload] of changes) {
    const headers = app.cookieOf(staffUserId);
    const answer = await app.app.inject({ method, url: `/api/sidebar/customers/wmLin${path}`, headers, payload: payload() });
    told.push(answer.statusCode === 200 ? 200 : answer.json().error.code);
  }
  return told;
};
const nothing = Array.from({ length: 3 }, () => 'customer.not_followed');

test('whoever is no contact any more reads on, and changes neither stage nor opt-out nor notes; the manager of the store still does', async () => {
  await end('zhou');
  expect(await tryAll('zhou')).toEqual(nothing);
  const [lin] = await app.deps.db.select().from(customers).where(eq(customers.externalUserId, 'wmLin'));
  expect([lin?.stageId, lin?.optedOutAt]).toEqual(['warm', null]);
  expect([await app.deps.db.$count(stageMoves), await app.deps.db.$count(notes)]).toEqual([0, 0]);
  expect(await tryAll('lu')).toEqual([200, 200, 200]);
});

test('whoever is no contact any more reads what was until then, and not what colleagues note since, whatever place in the pages is asked for', async () => {
  app.clock.advance(3_600_000);
  await end('zhou');
  app.clock.advance(3_600_000);
  const note = { noteId: uuidv7(), text: '换了个导购' };
  const headers = app.cookieOf('lu');
  await app.app.inject({ method: 'POST', url: '/api/sidebar/customers/wmLin/notes', headers, payload: note });
  const read = async (staffUserId: string, query = '') => {
    const url = `/api/sidebar/customers/wmLin/timeline${query}`;
    const answer = await app.app.inject({ url, headers: app.cookieOf(staffUserId) });
    return answer.json();
  };
  const kinds = async (staffUserId: string, query = '') =>
    (await read(staffUserId, query)).entries.map(({ kind, title }: { kind: string; title: string }) => (kind === 'note' ? title : kind));
  expect(await kinds('lu')).toContain('换了个导购');
  expect(await kinds('zhou')).not.toContain('换了个导购');
  expect((await kinds('zhou'))[0]).toBe('unfollowed');
  const { nextBefore } = await read('lu', '?limit=1');
  expect(await kinds('zhou', `?before=${encodeURIComponent(nextBefore)}`)).toEqual(await kinds('zhou'));
});

test('a manager who was once her contact herself still answers for her by the store', async () => {
  const { corpId } = app.deps.config.wecom;
  const at = app.clock.now();
  await app.deps.db.insert(follows).values({
    corpId,
    externalUserId: 'wmLin',
    staffUserId: 'lu',
    addWay: 3,
    followedAt: at,
    endedAt: at,
    endedBy: 'transfer',
    syncedAt: at,
  });
  expect(await tryAll('lu')).toEqual([200, 200, 200]);
});
