/** T19: whatever somebody types is stored and given back as it was, or refused; it never becomes something else on the way. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '../database.ts';
import type { TestApp } from '../test-app.ts';
import { addressOf, type ApiRoute, type JsonSchema, nameOf, readApiRoutes } from './api-routes.ts';
import { knownIds } from './known-ids.ts';
import { openCorp, restoreActors } from './test-full-corp.ts';
import { type ApiRequest, requestsOf } from './requests-of-schema.ts';

let world: TestApp;
let owner: OpenDatabase;
let tables: string[];
let routes: ApiRoute[];
beforeAll(async () => {
  world = await openCorp();
  owner = openDatabase({ url: world.database.ownerUrl, max: 1, onError: () => undefined });
  const { rows } = await owner.db.execute<{ name: string }>(
    sql`SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
  );
  tables = rows.map((row) => row.name);
  routes = (await readApiRoutes(world.app)).filter(({ path, body }) => path.startsWith('/api/') && body !== null);
});
afterAll(async () => {
  await owner.close();
  await world.close();
});

/** Behind a mark by which they are found again wherever they went. */
const texts = [
  '👩‍👧‍👦🏳️‍🌈 𠮷',
  '\u202Eمرحبا\u202C',
  '\u200Bx\u200D\uFEFFx',
  'e\u0301Å ﬁ',
  '=1+1',
  '<script>alert("1")</script>',
  String.raw`%_\' $& {客户称呼} \u0000`,
  '好'.repeat(3_980),
  'x\u0000y',
];

/** Paths to every text that is typed freely in a body: ids, dates and choices are not. */
function typedPlaces(schema: JsonSchema, path: string[] = []): string[][] {
  const properties = z.record(z.string(), z.record(z.string(), z.unknown())).catch({}).parse(schema['properties']);
  const items = z.record(z.string(), z.unknown()).safeParse(schema['items']);
  const either = z
    .array(z.record(z.string(), z.unknown()))
    .catch([])
    .parse(schema['anyOf'] ?? schema['oneOf']);
  if (schema['type'] === 'string') return schema['format'] || schema['enum'] || schema['pattern'] || 'const' in schema ? [] : [path];
  return [
    ...Object.entries(properties).flatMap(([name, property]) => typedPlaces(property, [...path, name])),
    ...(items.success ? typedPlaces(items.data, [...path, '0']) : []),
    ...either.flatMap((one) => typedPlaces(one, path)),
  ];
}

function put(value: unknown, [step, ...rest]: string[], text: string): unknown {
  if (step === undefined) return text;
  if (Array.isArray(value)) return [put(value[0], rest, text), ...value.slice(1)];
  if (value === null || typeof value !== 'object')
    return step === '0' ? [put(undefined, rest, text)] : { [step]: put(undefined, rest, text) };
  return { ...value, [step]: put(Object(value)[step], rest, text) };
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, held]) => [key, ...textsIn(held)]);
}

/** Made to be searched or counted: folded on purpose, beside the text itself. */
const folded = new Set(['title_pinyin', 'pinyin', 'search', 'missing_script_settlements.query']);

/** Every text in the database that holds the mark. */
async function keptTexts(mark: string): Promise<string[]> {
  const each = tables.map(
    (table) => sql`SELECT ${table} AS place, to_jsonb(t) AS row FROM ${sql.identifier(table)} t WHERE t::text LIKE ${`%${mark}%`}`,
  );
  const { rows } = await owner.db.execute<{ place: string; row: Record<string, unknown> }>(sql.join(each, sql` UNION ALL `));
  return rows
    .flatMap(({ place, row }) =>
      Object.entries(row).flatMap(([column, value]) => (folded.has(column) || folded.has(`${place}.${column}`) ? [] : textsIn(value))),
    )
    .filter((text) => text.includes(mark));
}

async function send(route: ApiRoute, { params, query, body }: ApiRequest) {
  const who = route.path.startsWith('/api/admin') ? 'admin' : 'zhou';
  return world.app.inject({
    method: route.method,
    url: addressOf(route, params, query),
    headers: { ...world.cookieOf(who), 'content-type': 'application/json' },
    payload: JSON.stringify(body),
  });
}

// Some thousand requests, each followed by a look through all tables.
test('T19: text of every script, direction and length comes to rest as it was typed, or the request is refused', async () => {
  const known = knownIds();
  const changed: string[] = [];
  let accepted = 0;
  let serial = 0;
  for (const route of routes)
    for (const place of route.body === null ? [] : typedPlaces(route.body))
      for (const text of texts) {
        serial += 1;
        const mark = `m${String(serial).padStart(5, '0')}z`;
        const [request] = fc.sample(requestsOf(route, known, true), { numRuns: 1, seed: serial });
        if (!request) continue;
        const typed = mark + text;
        const answer = await send(route, { ...request, body: put(request.body, place, typed) });
        if (answer.statusCode >= 300) {
          if (answer.statusCode >= 500) changed.push(`${nameOf(route)} ${place.join('.')}: ${answer.statusCode}`);
          continue;
        }
        accepted += 1;
        if (typed.includes('\u0000')) changed.push(`${nameOf(route)} ${place.join('.')} took a NUL`);
        if (String(answer.headers['content-type']).includes('json')) known.learn(answer.json());
        const said = String(answer.headers['content-type']).includes('json')
          ? textsIn(answer.json()).filter((one) => one.includes(mark))
          : [];
        for (const found of [...said, ...(await keptTexts(mark))])
          // Inside a longer text it must be whole as well.
          if (!found.includes(typed.trim())) changed.push(`${nameOf(route)} ${place.join('.')}: ${JSON.stringify(found.slice(0, 80))}`);
      }
  await restoreActors(world);
  expect([...new Set(changed)]).toEqual([]);
  expect(accepted, 'texts that were taken').toBeGreaterThan(50);
}, 300_000);

test('T19: an address with a formula, a script or an emoji in it is answered as text and never repeated as a page', async () => {
  for (const odd of ['=1+1', '<script>alert(1)</script>', '👩‍👧‍👦', '\u202Eمرحبا', "'; DROP TABLE staff; --"]) {
    const answer = await world.app.inject({ url: `/api/sidebar/customers/${encodeURIComponent(odd)}`, headers: world.cookieOf('zhou') });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'application/json; charset=utf-8']);
    const page = await world.app.inject({
      url: `/admin/${encodeURIComponent(odd)}`,
      headers: { ...world.cookieOf('admin'), accept: 'text/html' },
    });
    expect(page.body).not.toContain('<script>alert(1)');
  }
});
