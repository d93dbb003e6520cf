/** T18. `FUZZ_CASES=100000 vitest run --project server apps/server/src/whole-api/fuzz.test.ts` is the long form; `FUZZ_SEED` repeats a run. */
import { apiError } from '@nextline/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestApp } from '../test-app.ts';
import { addressOf, type ApiRoute, nameOf, readApiRoutes } from './api-routes.ts';
import { knownIds } from './known-ids.ts';
import { nastyFiles, type SentFile } from './nasty-files.ts';
import { actors, openCorp, restoreActors } from './test-full-corp.ts';
import { type ApiRequest, requestsOf } from './requests-of-schema.ts';

const cases = Number(process.env['FUZZ_CASES'] ?? 1_200);
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const restoredEvery = 200;
const mostShown = 30;

let world: TestApp;
let routes: ApiRoute[];
beforeAll(async () => {
  world = await openCorp();
  routes = (await readApiRoutes(world.app)).filter(({ path }) => path.startsWith('/api/'));
});
afterAll(() => world.close());

/** What is wrong with an answer; null when nothing is. */
function complaint(route: ApiRoute, status: number, type: string, body: string): string | null {
  if (status >= 500) return `answered ${status}: ${body.slice(0, 160)}`;
  if (status >= 300) {
    const refusal = apiError.safeParse(type.startsWith('application/json') ? JSON.parse(body) : null);
    return refusal.success ? null : `a refusal in another form: ${status} ${body.slice(0, 160)}`;
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
    // As often as not whoever may do most: the others are refused before anything happens.
    const choice = fc.record({ anybody: fc.constantFrom(...actors), mighty: fc.boolean(), fits: fc.boolean() });
    const choices = fc.sample(choice, { numRuns: cases, seed });
    const files = await nastyFiles();
    const fails = async (route: ApiRoute, actor: string, { params, query, body }: ApiRequest, file: SentFile | null) => {
      const url = addressOf(route, params, query);
      const ask = () =>
        world.app.inject({
          method: route.method,
          url,
          headers: { ...world.cookieOf(actor), ...(body !== undefined && { 'content-type': 'application/json' }), ...file?.headers },
          ...(body !== undefined && { payload: JSON.stringify(body) }),
          ...(file && { payload: file.payload }),
        });
      let answer = await ask();
      // On a machine with other work something may be away for a moment: that is said, and passes. What stays is a failure.
      for (let again = 0; again < 2 && answer.statusCode === 503; again += 1) answer = await ask();
      const type = String(answer.headers['content-type'] ?? '');
      answered.set(answer.statusCode, (answered.get(answer.statusCode) ?? 0) + 1);
      if (answer.statusCode < 300 && type.startsWith('application/json')) known.learn(answer.json());
      const wrong = complaint(route, answer.statusCode, type, answer.body);
      const key = `${nameOf(route)} ${wrong?.replaceAll(/[0-9a-f-]{36}/g, '…').slice(0, 120)}`;
      if (wrong !== null && !failures.has(key))
        failures.set(key, `${nameOf(route)} as ${actor}\n  ${url.slice(0, 300)}\n  ${JSON.stringify(body)?.slice(0, 500)}\n  ${wrong}`);
    };
    for (const [n, { anybody, mighty, fits }] of choices.entries()) {
      // Every route comes round in turn: chance would leave some out of a short run.
      const route = routes[n % routes.length];
      if (route === undefined) throw new Error('the document describes no route');
      const actor = !mighty ? anybody : route.path.startsWith('/api/admin') ? 'admin' : 'zhou';
      const [request] = fc.sample(requestsOf(route, known, fits), { numRuns: 1, seed: seed + n });
      // What takes no JSON may take a file.
      const mayTakeFile = route.method === 'POST' && route.body === null && Math.floor(n / routes.length) % 4 < 3;
      const [file] = mayTakeFile ? fc.sample(files, { numRuns: 1, seed: seed + n }) : [];
      if (request) await fails(route, actor, request, file ?? null);
      if (n % restoredEvery === 0) await restoreActors(world);
    }
    const answers = [...answered].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
    expect.soft(answered.get(200), 'some requests must be good ones').toBeGreaterThan(cases / 50);
    expect.soft(answered.get(401) ?? 0, 'requests whose sender was not known, and that nobody read').toBeLessThan(cases / 20);
    expect([...failures.values()].slice(0, mostShown), `FUZZ_SEED=${seed}; answers ${answers.join(', ')}`).toEqual([]);
  },
  Math.max(60_000, cases * 60),
);
