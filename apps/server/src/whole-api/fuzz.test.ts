/** T18. `FUZZ_CASES=100000 vitest run --project server apps/server/src/whole-api/fuzz.test.ts` is the long form; `FUZZ_SEED` repeats a run. */
import { type ApiError, apiError } from '@nextline/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestApp } from '../test-app.ts';
import { addressOf, type ApiRoute, nameOf, readApiRoutes } from './api-routes.ts';
import { knownIds } from './known-ids.ts';
import { nastyFiles, type SentFile } from './nasty-files.ts';
import { actors, openCorp, restoreActors } from './test-full-corp.ts';
import { type ApiRequest, requestsOf, spoiled } from './requests-of-schema.ts';
import { type GoodRequest, workingDay } from './working-day.ts';

const cases = Number(process.env['FUZZ_CASES'] ?? 1_200);
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const restoredEvery = 200;
const mostShown = 30;
const keptPerRoute = 5;

let world: TestApp;
let routes: ApiRoute[];
beforeAll(async () => {
  world = await openCorp();
  routes = (await readApiRoutes(world.app)).filter(({ path }) => path.startsWith('/api/'));
});
afterAll(() => world.close());

/** What is quoted is somebody's own. Places in WeCom's console have no other name. */
const notOurs = /“.*”|可见范围|客户联系 → 客户标签/gs;

/** The console asks in English, so a refusal must say nothing in Chinese. */
function chineseIn({ error }: ApiError): string | null {
  const issues = z
    .array(z.object({ message: z.string() }))
    .catch([])
    .parse(error.details?.['issues']);
  const left = [error.message, ...issues.map(({ message }) => message)].filter((said) =>
    /[\u3000-\u9fff]/.test(said.replaceAll(notOurs, '')),
  );
  return left.length > 0 ? `refused in Chinese: ${left.join('; ').slice(0, 160)}` : null;
}

/** What is wrong with an answer; null when nothing is. */
function complaint(route: ApiRoute, status: number, type: string, body: string): string | null {
  if (status >= 500) return `answered ${status}: ${body.slice(0, 160)}`;
  if (status >= 300) {
    const refusal = apiError.safeParse(type.startsWith('application/json') ? JSON.parse(body) : null);
    if (!refusal.success) return `a refusal in another form: ${status} ${body.slice(0, 160)}`;
    return route.path.startsWith('/api/admin') ? chineseIn(refusal.data) : null;
  }
  if (status === 204) return body === '' ? null : 'an answer without content has some';
  const described = route.answers.get(status);
  if (described === undefined) return route.answers.size === 0 ? null : `answered ${status}, which is not described`;
  const read = described.safeParse(JSON.parse(body));
  return read.success
    ? null
    : `breaks its schema: ${read.error.issues
        .map((issue) => `${issue.path.join('.')} ${issue.message}`)
        .join('; ')
        .slice(0, 300)}`;
}

test(
  `T18: ${cases} requests of every kind to every route get no answer of 500 or more and none that breaks its schema`,
  async () => {
    const known = knownIds();
    const failures = new Map<string, string>();
    const answered = new Map<number, number>();
    const granted = new Map<string, ApiRequest[]>();
    // As often as not whoever may do most: the others are refused before anything happens.
    const choice = fc.record({ anybody: fc.constantFrom(...actors), mighty: fc.boolean(), fits: fc.boolean(), likeGranted: fc.nat(2) });
    const choices = fc.sample(choice, { numRuns: cases, seed });
    const files = await nastyFiles();
    const attempt = async (route: ApiRoute, actor: string, { params, query, body }: ApiRequest, file: SentFile | null) => {
      const url = addressOf(route, params, query);
      const ask = () =>
        world.app.inject({
          method: route.method,
          url,
          headers: {
            ...world.cookieOf(actor),
            'x-language': 'en',
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...file?.headers,
          },
          ...(body !== undefined && { payload: JSON.stringify(body) }),
          ...(file && { payload: file.payload }),
        });
      let answer = await ask();
      // On a machine with other work something may be away for a moment: that is said, and passes. What stays is a failure.
      for (let again = 0; again < 2 && answer.statusCode === 503; again += 1) answer = await ask();
      const type = String(answer.headers['content-type'] ?? '');
      answered.set(answer.statusCode, (answered.get(answer.statusCode) ?? 0) + 1);
      if (answer.statusCode < 300) {
        granted.set(nameOf(route), [...(granted.get(nameOf(route)) ?? []), { params, query, body }].slice(-keptPerRoute));
        if (type.startsWith('application/json')) known.learn(answer.json());
      }
      const wrong = complaint(route, answer.statusCode, type, answer.body);
      const key = `${nameOf(route)} ${wrong?.replaceAll(/[0-9a-f-]{36}/g, '…').slice(0, 120)}`;
      if (wrong !== null && !failures.has(key))
        failures.set(key, `${nameOf(route)} as ${actor}\n  ${url.slice(0, 300)}\n  ${JSON.stringify(body)?.slice(0, 500)}\n  ${wrong}`);
      return answer;
    };

    const byName = new Map(routes.map((route) => [nameOf(route), route]));
    const ask = async (name: string, { as = 'admin', params = {}, query = {}, body, file }: GoodRequest = {}) => {
      const route = byName.get(name);
      if (!route) throw new Error(`there is no route ${name}`);
      const answer = await attempt(route, as, { params, query, body }, file ?? null);
      if (answer.statusCode >= 300)
        throw new Error(`${name} refused what it should grant: ${answer.statusCode} ${answer.body.slice(0, 400)}`);
      return String(answer.headers['content-type']).startsWith('application/json') ? answer.json() : null;
    };
    await workingDay(ask, world);
    // Lists and pages that nothing has to come before.
    for (const route of routes)
      if (route.method === 'GET' && !granted.has(nameOf(route)) && !route.path.includes('{')) await ask(nameOf(route));
    expect(
      routes.map(nameOf).filter((name) => !granted.has(name)),
      'routes that have never said yes: put them into the working day',
    ).toEqual([]);

    for (const [n, { anybody, mighty, fits, likeGranted }] of choices.entries()) {
      // Every route comes round in turn: chance would leave some out of a short run.
      const route = routes[n % routes.length];
      if (route === undefined) throw new Error('the document describes no route');
      const actor = !mighty ? anybody : route.path.startsWith('/api/admin') ? 'admin' : 'zhou';
      // What was granted once, changed in one place or not at all, comes further than what is made from the schema alone.
      const before = likeGranted === 0 ? granted.get(nameOf(route)) : undefined;
      const requests = before ? fc.constantFrom(...before).chain((one) => spoiled(one, fits)) : requestsOf(route, known, fits);
      const [request] = fc.sample(requests, { numRuns: 1, seed: seed + n });
      // What takes no JSON may take a file.
      const mayTakeFile = route.method === 'POST' && route.body === null && Math.floor(n / routes.length) % 4 < 3;
      const [file] = mayTakeFile ? fc.sample(files, { numRuns: 1, seed: seed + n }) : [];
      if (request) await attempt(route, actor, request, file ?? null);
      if (n % restoredEvery === 0) await restoreActors(world);
    }
    const answers = [...answered].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
    expect.soft(answered.get(200), 'some requests must be good ones').toBeGreaterThan(cases / 50);
    expect.soft(answered.get(401) ?? 0, 'requests whose sender was not known, and that nobody read').toBeLessThan(cases / 20);
    expect([...failures.values()].slice(0, mostShown), `FUZZ_SEED=${seed}; answers ${answers.join(', ')}`).toEqual([]);
  },
  Math.max(60_000, cases * 60),
);
