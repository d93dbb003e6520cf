import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestApp } from '../test-app.ts';
import { type ApiRoute, nameOf, readApiRoutes, seedOf } from './api-routes.ts';
import { ask, leaked, madeUp, sameWords } from './ask-twice.ts';
import { actors, openCorp, qiansOwn, restoreActors } from './test-full-corp.ts';
import { openOtherCorp, type OtherCorp, otherCorpId, otherHash } from './test-other-corp.ts';
import { requestsOf } from './requests-of-schema.ts';

let world: TestApp;
let other: OtherCorp;
let routes: ApiRoute[];
beforeAll(async () => {
  world = await openCorp();
  other = await openOtherCorp(world);
  routes = (await readApiRoutes(world.app)).filter(({ path }) => path.startsWith('/api/'));
});
afterAll(async () => {
  await other.close();
  await world.close();
});

const nothingKnown = { of: () => [] };
const inPath = (route: ApiRoute) =>
  route.parameters.filter((one) => one.in === 'path' && one.schema['type'] === 'string' && !('enum' in one.schema));
const tries = 60;

/** The same request twice: with an id that exists where this person may not look, and with one that nobody has. */
async function askBoth(route: ApiRoute, actor: string, own: Record<string, string>, foreign: Record<string, string>) {
  const invented = Object.fromEntries(Object.entries(foreign).map(([name, id]) => [name, madeUp(id)]));
  let words: string[] = [];
  let statuses: number[] = [];
  // What is refused for another reason than the id says nothing about it: asked again in other words.
  for (const request of fc.sample(requestsOf(route, nothingKnown, true), { numRuns: tries, seed: seedOf(route) })) {
    words = [];
    statuses = [];
    for (const ids of [foreign, invented]) {
      const asked = await ask(world, route, actor, { ...request, params: { ...request.params, ...own, ...ids } });
      words.push(sameWords(asked, Object.values(ids)));
      statuses.push(asked.status);
      // Made under an id that the caller chose, it would stand in the way of the next question.
      if (asked.status < 300) for (const [name, id] of Object.entries(ids)) await other.forgetOurs(name, id);
    }
    if (words[0] !== words[1] || !statuses.includes(400)) break;
  }
  const [first = '', second = ''] = words;
  return { first, second, wasRead: statuses.every((status) => ![400, 401, 403].includes(status)) };
}

const ours: Record<string, string> = { externalUserId: 'wmLin', scriptId: 'hello', version: '1' };

// Before anything else: afterwards our own trail tells of the ids that the other tests asked for.
test('T17: no list, search, export or page shows anything of another corp', async () => {
  const shown: string[] = [];
  const answered = new Set<string>();
  const reads = routes.filter(({ method }) => method === 'GET');
  for (const route of reads)
    for (const actor of actors) {
      const [request] = fc.sample(requestsOf(route, nothingKnown, true), { numRuns: 1, seed: seedOf(route) });
      const query: Record<string, string> = route.path.endsWith('/js-signature') ? { url: 'http://localhost:7320/sidebar/' } : {};
      const { status, body } = await ask(world, route, actor, { params: { ...request?.params, ...ours }, query, body: undefined });
      if (status === 200) answered.add(nameOf(route));
      if (leaked(body, [])) shown.push(`${nameOf(route)} as ${actor}: ${body.slice(0, 200)}`);
    }
  expect(shown).toEqual([]);
  // Of imports, changes and segments there is none here whose page could show anything.
  const ofNothing = reads.filter((route) => inPath(route).some(({ name }) => !(name in ours)));
  expect(reads.map(nameOf).filter((name) => !answered.has(name))).toEqual(ofNothing.map(nameOf));
}, 60_000);

test('T17: ids of another corp get the answer of made-up ones, on every route and for every role, and nothing of that corp is touched', async () => {
  const before = await other.snapshot();
  const differing: string[] = [];
  const read = new Set<string>();
  const named = routes.filter((route) => inPath(route).length > 0);
  for (const route of named) {
    const names = inPath(route).map((one) => one.name);
    for (const actor of actors)
      for (const foreignNames of new Set([names.join(), names.at(-1) ?? ''])) {
        const foreign = Object.fromEntries(foreignNames.split(',').map((name) => [name, other.idOf(name)]));
        const own = { externalUserId: 'wmLin' };
        const { first, second, wasRead } = await askBoth(route, actor, own, foreign);
        if (wasRead) read.add(nameOf(route));
        if (first !== second) differing.push(`${nameOf(route)} as ${actor}: ${first.slice(0, 200)} | ${second.slice(0, 200)}`);
      }
    await restoreActors(world);
  }
  expect(differing).toEqual([]);
  expect(
    named.map(nameOf).filter((name) => !read.has(name)),
    'routes that refused every question before they looked for the id',
  ).toEqual([]);
  expect(await other.snapshot()).toBe(before);
}, 300_000);

test('T17: a file of another corp is none, whoever asks and with or without its thumbnail', async () => {
  const madeUpHash = madeUp(otherHash);
  for (const path of ['', '/thumbnail'])
    for (const headers of [{}, world.cookieOf('admin'), world.cookieOf('zhou')]) {
      const [foreign, invented] = await Promise.all(
        [otherHash, madeUpHash].map((sha256) => world.app.inject({ url: `/media/${sha256}${path}`, headers })),
      );
      expect(foreign?.statusCode).toBe(404);
      expect(foreign?.body.replaceAll(otherHash, '')).toBe(invented?.body.replaceAll(madeUpHash, ''));
    }
});

/** What 钱朵 of the other store has, by the parameter that names it. */
const ofOtherStore: Record<string, string> = {
  externalUserId: 'wmChen',
  noteId: '0198c0de-0000-7000-8000-00000000a001',
  taskId: '0198c0de-0000-7000-8000-00000000a002',
  sendId: '0198c0de-0000-7000-8000-00000000a003',
  scriptId: qiansOwn,
  storeId: 'jajl',
  userId: 'qian',
};

/** The page makes the id, so one that nobody has is taken; somebody else's is 404, and 74 bits of chance are not tried out. */
const madeByThePage = 'PUT /api/sidebar/scripts/{scriptId}/personal';
/** What no guide and no store manager may do, whoever's it is. */
const neitherMay = [
  'PUT /api/admin/people/{userId}',
  'PUT /api/admin/stores/{storeId}',
  'DELETE /api/admin/stores/{storeId}',
  'POST /api/admin/sync/unsure/{externalUserId}/{writeId}',
  'POST /api/admin/scripts/{scriptId}/approve',
  'POST /api/admin/scripts/{scriptId}/reject',
  'POST /api/admin/scripts/{scriptId}/promote',
  'DELETE /api/admin/customers/{externalUserId}',
  'GET /api/admin/customers/{externalUserId}/export',
];

test("T17: another guide's and another store's customer, note, task, send, script and colleague get the answer of made-up ids", async () => {
  const differing: string[] = [];
  const read = new Set<string>();
  const named = routes.filter((route) => inPath(route).some(({ name }) => name in ofOtherStore));
  for (const route of named) {
    const names = inPath(route)
      .map((one) => one.name)
      .filter((name) => name in ofOtherStore);
    for (const actor of ['zhou', 'lu'])
      for (const foreignNames of new Set([names.join(), names.at(-1) ?? ''])) {
        const foreign = Object.fromEntries(foreignNames.split(',').map((name) => [name, ofOtherStore[name] ?? '']));
        const { first, second, wasRead } = await askBoth(route, actor, { externalUserId: 'wmLin' }, foreign);
        if (wasRead) read.add(nameOf(route));
        const fits = nameOf(route) === madeByThePage ? first.startsWith('404 ') : first === second;
        if (!fits) differing.push(`${nameOf(route)} as ${actor}: ${first.slice(0, 200)} | ${second.slice(0, 200)}`);
      }
  }
  expect(differing).toEqual([]);
  expect(
    named.map(nameOf).filter((name) => !read.has(name)),
    'routes that refused both of them before they looked for the id',
  ).toEqual(neitherMay);
});

test('T17: with no WHERE at all a corp reads, changes and deletes its own rows only, in every table there is', async () => {
  const { db } = world.deps;
  expect(other.tables.length).toBeGreaterThan(40);
  const seen: string[] = [];
  for (const table of other.tables) {
    const name = sql.identifier(table);
    const { rows } = await db.execute<{ foreign: number }>(
      sql`SELECT count(*) FILTER (WHERE corp_id = ${otherCorpId})::int AS foreign FROM ${name}`,
    );
    if (rows[0]?.foreign !== 0) seen.push(table);
  }
  expect(seen).toEqual([]);
  const before = await other.snapshot();
  const undone = new Error('undone');
  const moved: string[] = [];
  for (const table of other.tables) {
    const name = sql.identifier(table);
    const change = (statement: ReturnType<typeof sql>) =>
      db
        .transaction(async (tx) => {
          await tx.execute(statement);
          throw undone;
        })
        .catch((error: unknown) => error);
    await change(sql`DELETE FROM ${name}`);
    const intoOther = await change(sql`UPDATE ${name} SET corp_id = ${otherCorpId}`);
    const own = await db.execute<{ n: number }>(sql`SELECT count(*)::int AS n FROM ${name}`);
    if ((own.rows[0]?.n ?? 0) > 0 && intoOther === undone) moved.push(table);
  }
  expect(moved, 'tables whose rows could be moved into another corp').toEqual([]);
  expect(await other.snapshot()).toBe(before);
});

/** How often a value of `a` is above one of `b`: one half where they take the same time. */
function overlap(a: readonly number[], b: readonly number[]): number {
  const above = a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
  return above.reduce<number>((sum, one) => sum + one, 0) / above.length;
}

test("T17: how long a refusal takes does not say whether the id exists: somebody else's and made-up ones cannot be told apart", async () => {
  const rounds = 12;
  const telling: string[] = [];
  for (const route of routes.filter((one) => one.method === 'GET' && inPath(one).some(({ name }) => name === 'externalUserId'))) {
    const actor = route.path.startsWith('/api/admin') ? 'lu' : 'zhou';
    let measured = 1;
    // Other work on the machine makes single runs lie; what is really slower is slower three times.
    for (let attempt = 0; attempt < 3 && Math.abs(measured - 0.5) > 0.35; attempt += 1) {
      const times: Record<'foreign' | 'invented', number[]> = { foreign: [], invented: [] };
      for (let round = 0; round < rounds; round += 1)
        for (const [kind, externalUserId] of [
          ['foreign', 'wmChen'],
          // Both for the first time or both again: WeCom is asked about an id once in half a minute.
          ['invented', 'wmInvented'],
        ] as const)
          times[kind].push((await ask(world, route, actor, { params: { externalUserId }, query: {}, body: undefined })).ms);
      measured = overlap(times.foreign, times.invented);
    }
    if (Math.abs(measured - 0.5) > 0.35) telling.push(`${nameOf(route)}: ${measured.toFixed(2)}`);
  }
  expect(telling).toEqual([]);
});
