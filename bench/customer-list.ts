/**
 * L1: a page of the console's customer list under two filters at once, over HTTP with session, rights, masking and schema, against the same statements sent by `pg`
 * alone. One request after the other: it is one operator's wait that is measured. Whatever the ratio is, each pair of filters has to keep the limit: the first page in both orders,
 * one from the depth, and a store manager's.
 */
import { customerFilter, type CustomerFilterInput, type CustomerSort } from '../packages/contract/src/index.ts';
import { filterConditions } from '../apps/server/src/customers/filter-conditions.ts';
import { findCustomers } from '../apps/server/src/customers/find-customers.store.ts';
import { readListed } from '../apps/server/src/customers/list-rows.store.ts';
import { fillList } from '../apps/server/src/customers/settle-list.ts';
import { type Database, openDatabase, urlOfCorp } from '../apps/server/src/database.ts';
import { writeCursor } from '../apps/server/src/page-cursor.ts';
import { withoutTriggers } from './customers.ts';
import { logIn } from './log-in.ts';
import type { Run } from './measurement.ts';
import { measurePairs } from './pairs.ts';
import { startProduct } from './product.ts';
import { estimateRatio, percentile } from './ratio.ts';
import { type Outcome, outcome } from './results.ts';
import type { Stand } from './stand.ts';

const target = 1.5;
const limitMs = 200;
const perPage = 50;
/** Each round is a sum over all pairs, so few of them agree. */
const rounds = { least: 5, most: 10 };
/** How often each pair is asked where no ratio is measured. */
const times = 3;

/** Worn by a third of all customers and by none of the newest: what looks at the newest first must not look at everybody. */
const oldTag = 'tag-0';

/** Broad and narrow ones of every kind, and such as nobody passes; every two that do not speak of the same field are asked together. */
const filters: CustomerFilterInput[] = [
  { q: '林小姐' },
  { q: '柚子123' },
  { q: '没有这个人' },
  { stageIds: ['asleep'] },
  { stageIds: ['new', 'trial', 'intent', 'bought'] },
  { tagsAny: ['tag-3'] },
  { tagsAny: [oldTag] },
  { tagsAll: ['tag-3', 'tag-4', 'tag-5'] },
  { tagsNone: ['tag-1'] },
  { tagsNone: [oldTag] },
  { storeIds: ['store-1'] },
  { sources: ['16'] },
  { engagedWithinDays: 3 },
  { silentDays: 60 },
  { followedFrom: '2026-01-01', followedUntil: '2026-02-01' },
  { optedOut: true },
  { optedOut: false },
  { hasOrder: false },
  { hasOrder: true },
  { relation: 'ended' },
];

function pairsOfFilters(): CustomerFilterInput[] {
  return filters.flatMap((one, n) =>
    filters.slice(n + 1).flatMap((other) => (Object.keys(one).some((field) => field in other) ? [] : [{ ...one, ...other }])),
  );
}

/** As it is in a shop: who has been silent for long is asleep, and wears what was given to the old ones. */
async function ageCustomers(stand: Stand): Promise<void> {
  await withoutTriggers(stand.client, () => age(stand));
}

async function age(stand: Stand): Promise<void> {
  const corpId = stand.world.corp.corp_id;
  const longAgo = `last_engaged_at < (SELECT max(last_engaged_at) FROM customers) - interval '60 days'`;
  await stand.client.query(`UPDATE customers SET stage_id = 'asleep' WHERE corp_id = $1 AND ${longAgo}`, [corpId]);
  await stand.client.query(`UPDATE customers SET stage_id = 'intent' WHERE corp_id = $1 AND stage_id = 'asleep' AND NOT ${longAgo}`, [
    corpId,
  ]);
  await stand.client.query(
    `UPDATE follows f SET tag_ids = CASE WHEN c.old THEN array_append(array_remove(f.tag_ids, $2), $2) ELSE array_remove(f.tag_ids, $2) END
     FROM (SELECT external_user_id, ${longAgo} AS old FROM customers WHERE corp_id = $1) c
     WHERE f.corp_id = $1 AND f.external_user_id = c.external_user_id AND (c.old OR $2 = ANY (f.tag_ids))`,
    [corpId, oldTag],
  );
}

/** As the workers do it, but for the index over terms, which is built afterwards as an upgrade builds it: row by row it would take as long as all the rest. */
async function layOut(stand: Stand, db: Database): Promise<void> {
  const { rows } = await stand.client.query<{ create: string }>(`SELECT pg_get_indexdef('customer_list_terms'::regclass) AS create`);
  await stand.client.query('DROP INDEX customer_list_terms');
  const deps = { db, clock: { now: () => new Date() }, config: { wecom: { corpId: stand.world.corp.corp_id } } };
  await fillList(deps, new AbortController().signal);
  await stand.client.query(rows[0]?.create ?? '');
  await stand.client.query('VACUUM (ANALYZE) customer_list');
}

async function staffByStore(stand: Stand): Promise<(storeId: string) => string[]> {
  const { rows } = await stand.client.query<{ staff: string; store: string }>(
    'SELECT staff_user_id AS staff, store_id AS store FROM staff WHERE corp_id = $1',
    [stand.world.corp.corp_id],
  );
  return (storeId) => rows.filter((row) => row.store === storeId).map((row) => row.staff);
}

const sum = (took: number[]) => took.reduce((total, ms) => total + ms, 0);
const middle = (took: number[]) =>
  percentile(
    took.toSorted((a, b) => a - b),
    0.5,
  );
const round = (ms: number) => Number(ms.toFixed(1));

/** What a list of pairs took, and which one the longest. `took`: of each pair the middle of its rounds; a moment in which the machine did something else is not the list's. */
function shown(asked: CustomerFilterInput[], took: number[]) {
  const sorted = took.toSorted((a, b) => a - b);
  const slowest = sorted.at(-1) ?? 0;
  return {
    p50: round(percentile(sorted, 0.5)),
    p95: round(percentile(sorted, 0.95)),
    slowest: round(slowest),
    slowestPair: JSON.stringify(asked[took.indexOf(slowest)]),
    overLimit: took.filter((ms) => ms > limitMs).length,
  };
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function customerList(run: Run): Promise<Outcome> {
  const { stand, options, onRound } = run;
  const corpId = stand.world.corp.corp_id;
  const [operator = '', manager = ''] = stand.guides.map(({ userid }) => userid);
  await stand.client.query(
    `UPDATE staff SET role = CASE staff_user_id WHEN $2 THEN 'operator' ELSE 'manager' END WHERE corp_id = $1 AND staff_user_id = ANY($3)`,
    [corpId, operator, [operator, manager]],
  );
  const { db, close } = openDatabase({ url: urlOfCorp(stand.databaseUrl, corpId, stand.sessionKey), onError: () => undefined });
  const product = await startProduct(stand, stand.publicPort);
  const begun = performance.now();
  try {
    await ageCustomers(stand);
    await layOut(stand, db);
    say(`aged and listed after ${((performance.now() - begun) / 1000).toFixed(0)} s`);
    const staffOfStore = await staffByStore(stand);
    const address = `http://localhost:${stand.publicPort}`;
    const cookies = {
      operator: await logIn(address, stand.simulatorUrl, operator),
      manager: await logIn(address, stand.simulatorUrl, manager),
    };
    const asked = pairsOfFilters();
    const deep = writeCursor([new Date(Date.now() - 45 * 86_400_000).toISOString(), 'wmBENCH']);

    const overHttp =
      (who: keyof typeof cookies, sort: CustomerSort, cursor: string | null = null) =>
      async (filter: CustomerFilterInput) => {
        const query = new URLSearchParams({
          filter: JSON.stringify(filter),
          sort,
          limit: String(perPage),
          ...(cursor !== null && { cursor }),
        });
        const answer = await fetch(`${address}/api/admin/customers?${query}`, { headers: { cookie: cookies[who] } });
        if (!answer.ok) throw new Error(`the list answered ${answer.status}: ${await answer.text()}`);
        await answer.arrayBuffer();
      };
    const byPg = async (filter: CustomerFilterInput) => {
      const facts = { now: new Date(), timeZone: 'Asia/Shanghai', scope: null, staffOfStore };
      const conditions = filterConditions(customerFilter.parse(filter), facts);
      const found = await findCustomers(db, conditions, { sort: 'engaged', after: null, limit: perPage + 1 });
      const ids = found.slice(0, perPage).map((one) => one.externalUserId);
      JSON.stringify(await readListed(db, ids, null));
    };
    /** Milliseconds of each, in the order of the filters. */
    const arm = (ask: (filter: CustomerFilterInput) => Promise<void>) => async () => {
      const took: number[] = [];
      for (const filter of asked) {
        const sent = performance.now();
        await ask(filter);
        took.push(performance.now() - sent);
      }
      return took;
    };
    await arm(overHttp('operator', 'engaged'))();
    const measured = await measurePairs({
      least: Math.min(options.pairs.least, rounds.least),
      most: Math.min(options.pairs.most, rounds.most),
      candidate: arm(overHttp('operator', 'engaged')),
      reference: arm(byPg),
      ratioOf: (http, pg) => ({ candidate: sum(http), reference: sum(pg) }),
      onRound,
    });
    const ofEach = (what: string, took: number[][]) => {
      const each = shown(
        asked,
        asked.map((_, n) => middle(took.map((one) => one[n] ?? 0))),
      );
      const { p50, p95, slowest, slowestPair, overLimit } = each;
      say(`${what}: p50 ${p50}, p95 ${p95}, slowest ${slowest} ms, ${overLimit} of ${asked.length} pairs over ${limitMs}; ${slowestPair}`);
      return each;
    };
    const repeated = async (what: string, ask: (filter: CustomerFilterInput) => Promise<void>) => {
      const took: number[][] = [];
      while (took.length < times) took.push(await arm(ask)());
      return ofEach(what, took);
    };
    const byPgAlone = ofEach(
      'first page by pg alone',
      measured.map(({ reference }) => reference),
    );
    const waits = {
      firstPage: ofEach(
        'first page',
        measured.map(({ candidate }) => candidate),
      ),
      firstPageByFollowed: await repeated('first page by followed', overHttp('operator', 'followed')),
      deepPage: await repeated('deep page', overHttp('operator', 'engaged', deep)),
      managersFirstPage: await repeated("manager's first page", overHttp('manager', 'engaged')),
      managersFirstPageByFollowed: await repeated("manager's first page by followed", overHttp('manager', 'followed')),
      managersDeepPage: await repeated("manager's deep page", overHttp('manager', 'engaged', deep)),
    };
    const pairs = measured.map(({ candidate, reference }) => ({ candidate: sum(candidate), reference: sum(reference) }));
    const { detail, ...ratio } = outcome(estimateRatio(pairs), target, 'at most', {
      pairs: measured.length,
      pairsOfFilters: asked.length,
      limitMs,
      ...waits,
      byPg: byPgAlone,
    });
    const kept = Object.values(waits).every(({ overLimit }) => overLimit === 0);
    return { ...ratio, detail: { ...detail, verdict: kept ? detail.verdict : 'missed' } };
  } finally {
    await product.stop();
    await close();
  }
}
