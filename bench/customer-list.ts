/**
 * L1: the first page of the console's customer list under two filters at once, over HTTP with session, rights, masking and schema, against the same statements sent by `pg`
 * alone. One request after the other: it is one operator's wait that is measured.
 */
import { customerFilter, type CustomerFilterInput } from '../packages/contract/src/index.ts';
import { filterConditions } from '../apps/server/src/customers/filter-conditions.ts';
import { findCustomers } from '../apps/server/src/customers/find-customers.store.ts';
import { readListed } from '../apps/server/src/customers/list-rows.store.ts';
import { lockList, takeBehind, writeList } from '../apps/server/src/customers/settle-list.store.ts';
import { type Database, openDatabase, urlOfCorp } from '../apps/server/src/database.ts';
import { logIn } from './log-in.ts';
import type { Run } from './measurement.ts';
import { measurePairs } from './pairs.ts';
import { startProduct } from './product.ts';
import { estimateRatio, percentile } from './ratio.ts';
import { type Outcome, outcome } from './results.ts';
import type { Stand } from './stand.ts';

const target = 1.5;
const perPage = 50;

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

async function settleAll(db: Database, corpId: string): Promise<void> {
  for (let done = -1; done !== 0;)
    done = await db.transaction(async (tx) => {
      await lockList(tx, corpId);
      const behind = await takeBehind(tx, 5_000);
      await writeList(tx, behind);
      return behind.length;
    });
}

async function staffByStore(stand: Stand): Promise<(storeId: string) => string[]> {
  const { rows } = await stand.client.query<{ staff: string; store: string }>(
    'SELECT staff_user_id AS staff, store_id AS store FROM staff WHERE corp_id = $1',
    [stand.world.corp.corp_id],
  );
  return (storeId) => rows.filter((row) => row.store === storeId).map((row) => row.staff);
}

const sum = (took: number[]) => took.reduce((total, ms) => total + ms, 0);

const shown = (sorted: number[]) => ({
  p50: Number(percentile(sorted, 0.5).toFixed(1)),
  p95: Number(percentile(sorted, 0.95).toFixed(1)),
  slowest: Number((sorted.at(-1) ?? 0).toFixed(1)),
});

export async function customerList(run: Run): Promise<Outcome> {
  const { stand, options, onRound } = run;
  const corpId = stand.world.corp.corp_id;
  const operator = stand.guides[0]?.userid ?? '';
  await stand.client.query(`UPDATE staff SET role = 'operator' WHERE corp_id = $1 AND staff_user_id = $2`, [corpId, operator]);
  const { db, close } = openDatabase({ url: urlOfCorp(stand.databaseUrl, corpId, stand.sessionKey), onError: () => undefined });
  const product = await startProduct(stand, stand.publicPort);
  try {
    await ageCustomers(stand);
    await settleAll(db, corpId);
    await stand.client.query('VACUUM (ANALYZE) customer_list');
    const staffOfStore = await staffByStore(stand);
    const cookie = await logIn(`http://localhost:${stand.publicPort}`, stand.simulatorUrl, operator);
    const asked = pairsOfFilters();

    const overHttp = async (filter: CustomerFilterInput) => {
      const query = new URLSearchParams({ filter: JSON.stringify(filter), limit: String(perPage) });
      const answer = await fetch(`http://localhost:${stand.publicPort}/api/admin/customers?${query}`, { headers: { cookie } });
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
        const begun = performance.now();
        await ask(filter);
        took.push(performance.now() - begun);
      }
      return took;
    };
    await arm(overHttp)();
    const rounds = await measurePairs({
      ...options.pairs,
      candidate: arm(overHttp),
      reference: arm(byPg),
      ratioOf: (http, pg) => ({ candidate: sum(http), reference: sum(pg) }),
      onRound,
    });
    // Of each pair of filters the middle of its rounds: a moment in which the machine did something else is not the list's.
    const middle = (of: 'candidate' | 'reference') =>
      asked
        .map((_, n) =>
          percentile(
            rounds.map((round) => round[of][n] ?? 0).toSorted((a, b) => a - b),
            0.5,
          ),
        )
        .toSorted((a, b) => a - b);
    const pairs = rounds.map(({ candidate, reference }) => ({ candidate: sum(candidate), reference: sum(reference) }));
    return outcome(estimateRatio(pairs), target, 'at most', {
      pairs: rounds.length,
      pairsOfFilters: asked.length,
      listMs: shown(middle('candidate')),
      pgMs: shown(middle('reference')),
    });
  } finally {
    await product.stop();
    await close();
  }
}
