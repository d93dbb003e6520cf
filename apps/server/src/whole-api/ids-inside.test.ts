/** T17 for the ids that stand in a body or a query: one of another corp, and one that is out of reach here, are answered as one that nobody has. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestApp } from '../test-app.ts';
import { type ApiRoute, nameOf, readApiRoutes, seedOf } from './api-routes.ts';
import { ask, leaked, madeUp, sameWords } from './ask-twice.ts';
import { type IdName, idNamed, idsIn } from './id-names.ts';
import { knownIds } from './known-ids.ts';
import { type ApiRequest, type KnownValues, requestsOf } from './requests-of-schema.ts';
import { actors, openCorp, qiansOwn, restoreActors } from './test-full-corp.ts';
import { openOtherCorp, type OtherCorp, otherHash, otherMark, otherUuid } from './test-other-corp.ts';

let world: TestApp;
let other: OtherCorp;
let routes: ApiRoute[];
const own = knownIds();
beforeAll(async () => {
  world = await openCorp();
  other = await openOtherCorp(world);
  routes = (await readApiRoutes(world.app)).filter(({ path }) => path.startsWith('/api/'));
  // What there is here: so that only one id of a request is a foreign one, and the others are no reason to refuse it.
  for (const route of routes.filter(({ method, path }) => method === 'GET' && !path.includes('{')))
    for (const actor of ['admin', 'zhou']) {
      const { status, body } = await ask(world, route, actor, { params: {}, query: {}, body: undefined });
      if (status === 200 && body.startsWith('{')) own.learn(JSON.parse(body));
    }
});
afterAll(async () => {
  await other.close();
  await world.close();
});

/** Everything that is an id is one of ours, but for the one that is asked about. */
const withOne = (foreign: IdName, value: string): KnownValues => ({
  of(name) {
    if (name === 'filter') return [JSON.stringify(filterBy(foreign, value))];
    const id = idNamed(name);
    if (id === null) return own.of(name);
    return id === foreign ? [value] : own.of(id);
  },
});

/** The filters of the customer list travel as JSON inside one parameter. */
function filterBy(foreign: IdName, value: string): object {
  const fields = { stageId: 'stageIds', tagId: 'tagsAny', storeId: 'storeIds', staffUserId: 'guideIds' } as const;
  const field = foreign in fields ? fields[foreign as keyof typeof fields] : null;
  return field === null ? {} : { [field]: [value] };
}

const holds = ({ body, query }: ApiRequest, id: string) => JSON.stringify([body, query]).includes(JSON.stringify(id).slice(1, -1));
const samples = 6;

/** What the question itself holds of the other corp is no news in its answer, also when it comes back trimmed. */
const foreignIn = ({ body, query }: ApiRequest): string[] => JSON.stringify([body, query]).match(foreignIds) ?? [];
const foreignIds = new RegExp(`${otherMark}\\w*|${otherUuid}|${otherHash}`, 'g');

async function statusOf(route: ApiRoute, actor: string, request: ApiRequest, id: string) {
  const asked = await ask(world, route, actor, request);
  const ownPath = Object.values(request.params);
  return {
    status: asked.status,
    words: sameWords(asked, [id, ...ownPath]),
    leaks: leaked(asked.body, [id, ...foreignIn(request)]),
  };
}

/** `forget`: what was made under an id that the question chose would stand in the way of the next one. */
async function askAboutAll(
  idOf: (name: IdName) => string | null,
  who: readonly string[],
  forget: (name: IdName, id: string) => Promise<void> = async () => undefined,
) {
  const differing: string[] = [];
  const asked = new Set<string>();
  for (const route of routes) {
    for (const name of idsIn(route)) {
      const foreign = idOf(name);
      if (foreign === null) continue;
      const invented = madeUp(foreign);
      const statusAndForget = async (actor: string, request: ApiRequest, id: string) => {
        const told = await statusOf(route, actor, request, id);
        if (told.status < 300) await forget(name, id);
        return told;
      };
      const [ofForeign, ofInvented] = [foreign, invented].map((id) =>
        fc.sample(requestsOf(route, withOne(name, id), true), { numRuns: samples, seed: seedOf(route, name) }),
      );
      for (const actor of who)
        for (const [at, request] of (ofForeign ?? []).entries()) {
          const twin = ofInvented?.[at];
          if (twin === undefined || !holds(request, foreign) || !holds(twin, invented)) continue;
          // What the first of two equal requests has changed, the second may meet: only what differs both ways round differs.
          const first = await statusAndForget(actor, request, foreign);
          const second = await statusAndForget(actor, twin, invented);
          // Whoever may not come in at all is told so before anything is read.
          if (![401, 403].includes(first.status)) asked.add(nameOf(route));
          if (first.leaks) differing.push(`${nameOf(route)} ${name} as ${actor} shows: ${first.words.slice(0, 300)}`);
          if (first.status === second.status) continue;
          const again = await statusAndForget(actor, twin, invented);
          const last = await statusAndForget(actor, request, foreign);
          if (again.status !== last.status)
            differing.push(`${nameOf(route)} ${name} as ${actor}: ${first.words.slice(0, 200)} | ${second.words.slice(0, 200)}`);
        }
      await restoreActors(world);
    }
  }
  return { differing, asked };
}

test("T17: another corp's id inside a body or a query is an id that nobody has, on every route, and that corp stays as it was", async () => {
  const before = await other.snapshot();
  const { differing, asked } = await askAboutAll(
    (name) => other.idOf(name),
    actors,
    (name, id) => other.forgetOurs(name, id),
  );
  expect([...new Set(differing)]).toEqual([]);
  expect(await other.snapshot()).toBe(before);
  const withIds = routes.filter((route) => idsIn(route).length > 0).map(nameOf);
  expect(withIds.length).toBeGreaterThan(30);
  expect(
    withIds.filter((name) => !asked.has(name)),
    'routes that no question with a foreign id came into',
  ).toEqual([]);
}, 300_000);

/** What 钱朵 of the other store has. */
const outOfReach: Partial<Record<IdName, string>> = {
  externalUserId: 'wmChen',
  taskId: '0198c0de-0000-7000-8000-00000000a002',
  sendId: '0198c0de-0000-7000-8000-00000000a003',
  scriptId: qiansOwn,
  staffUserId: 'qian',
};

test("T17: inside a body or a query, another guide's customer, task, send and script are ids that nobody has", async () => {
  const { differing, asked } = await askAboutAll((name) => outOfReach[name] ?? null, ['zhou']);
  expect([...new Set(differing)]).toEqual([]);
  const her = '/api/sidebar/customers/{externalUserId}';
  expect([...asked]).toEqual(expect.arrayContaining([`POST ${her}/tasks`, `POST ${her}/sends`]));
}, 120_000);
