/**
 * Customers with a past, made inside Postgres: 100,000 of them in some twenty seconds. Everything follows from the row's number by a hash, so
 * two runs measure the same data. Sizes follow a shop's year: on average 1.2 guides, 5 recent touches, 12 scripts received and 2.5 sends each.
 */
import type pg from 'pg';
import { type Guide, scriptCount, stageIds, tagCount } from './brand.ts';

type Client = Pick<pg.Client, 'query'>;

const pick = `
CREATE OR REPLACE FUNCTION pg_temp.pick(i bigint, salt int, n int) RETURNS int LANGUAGE sql IMMUTABLE
AS 'SELECT ((hashint8extended(i, salt) & 2147483647) % n)::int';
CREATE OR REPLACE FUNCTION pg_temp.customer(i bigint) RETURNS text LANGUAGE sql IMMUTABLE
AS $$SELECT 'wmBENCH' || translate(left(encode(sha256(i::text::bytea), 'base64'), 25), '+/', '-_')$$;
CREATE OR REPLACE FUNCTION pg_temp.tap(name text) RETURNS uuid LANGUAGE sql IMMUTABLE
AS $$SELECT overlay(overlay(md5(name) PLACING '7' FROM 13) PLACING '8' FROM 17)::uuid$$;
CREATE OR REPLACE FUNCTION pg_temp.iso(at timestamptz) RETURNS text LANGUAGE sql STABLE
AS $$SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')$$;`;

// $1 corp, $2 how many customers, $3 now, then what a statement needs.
const customers = `
INSERT INTO customers (corp_id, external_user_id, name, avatar_url, type, gender, union_id, stage_id, stage_entered_at, last_engaged_at, opted_out_at, custom_fields, synced_at)
SELECT $1, pg_temp.customer(i), (ARRAY['半糖柚子', '晚风', 'Linda 林', '今天也早睡', '山茶🌸', '晓雯', '小鹿妈妈'])[1 + pg_temp.pick(i, 1, 7)] || i,
  'https://wx.qlogo.cn/mmhead/' || md5(i::text) || '/0', CASE WHEN pg_temp.pick(i, 2, 33) = 0 THEN 'wecom' ELSE 'wechat' END,
  (ARRAY['female', 'female', 'female', 'male', 'unknown'])[1 + pg_temp.pick(i, 3, 5)], 'oBENCH' || md5('union' || i),
  ($4::text[])[1 + pg_temp.pick(i, 4, cardinality($4::text[]))], $3::timestamptz - pg_temp.pick(i, 5, 200) * interval '1 day',
  $3::timestamptz - (pg_temp.pick(i, 6, 90 * 24) + 1) * interval '1 hour' + pg_temp.pick(i, 27, 3600000) * interval '1 ms', CASE WHEN pg_temp.pick(i, 7, 50) = 0 THEN $3::timestamptz - interval '9 days' END,
  jsonb_build_object('积分', (pg_temp.pick(i, 8, 5000))::text, '会员等级', '金卡'), $3::timestamptz - pg_temp.pick(i, 9, 1440) * interval '1 minute'
FROM generate_series(1, $2::bigint) i`;

// $4 the guides. Every fifth customer has a second guide; every fiftieth has deleted the first.
const follows = `
INSERT INTO follows (corp_id, external_user_id, staff_user_id, remark, description, mobiles, tag_ids, add_way, state, followed_at, ended_at, ended_by, synced_at)
SELECT $1, pg_temp.customer(i), ($4::text[])[1 + (i + nth * 5) % cardinality($4::text[])], (ARRAY['林小姐', '王姐 敏感肌', '', '陈太'])[1 + pg_temp.pick(i, 20, 4)],
  CASE WHEN pg_temp.pick(i, 21, 4) = 0 THEN '周末来店，爱问成分，皮肤容易泛红' ELSE '' END,
  CASE WHEN pg_temp.pick(i, 22, 2) = 0 THEN ARRAY['138' || lpad((i % 100000000)::text, 8, '0')] ELSE '{}' END,
  ARRAY(SELECT DISTINCT 'tag-' || pg_temp.pick(i, 30 + t, $5::int) FROM generate_series(0, pg_temp.pick(i, 23, 8)) t),
  (ARRAY[1, 2, 3, 201, 16])[1 + pg_temp.pick(i, 24, 5)], CASE WHEN pg_temp.pick(i, 25, 2) = 0 THEN 'njxl-counter' END,
  $3::timestamptz - (pg_temp.pick(i, 26, 700) + nth) * interval '1 day' - pg_temp.pick(i, 28, 86400000) * interval '1 ms',
  CASE WHEN nth = 0 AND i % 50 = 0 THEN $3::timestamptz - interval '1 day' END, CASE WHEN nth = 0 AND i % 50 = 0 THEN 'customer' END,
  $3::timestamptz - pg_temp.pick(i, 9, 1440) * interval '1 minute'
FROM generate_series(1, $2::bigint) i, generate_series(0, CASE WHEN i % 5 = 0 AND cardinality($4::text[]) > 5 THEN 1 ELSE 0 END) nth`;

// $4 the guides, $5 scripts. Pulse keys are days since the epoch.
const summaries = `
INSERT INTO touch_summaries (corp_id, external_user_id, recent_touches, marketing_touched_at, sent_scripts, pulse_customer, pulse_us, reply_hours, open_question, last_order)
SELECT $1, pg_temp.customer(i),
  coalesce((SELECT jsonb_agg(jsonb_build_object('at', pg_temp.iso($3::timestamptz - (n * 53 + pg_temp.pick(i, 40, 40)) * interval '1 hour'),
      'title', '第' || pg_temp.pick(i, 41 + n, $5::int) || '条话术', 'purpose', CASE WHEN n % 3 = 0 THEN 'marketing' ELSE 'service' END,
      'scriptId', 'script-' || pg_temp.pick(i, 41 + n, $5::int), 'staffUserId', ($4::text[])[1 + i % cardinality($4::text[])]) ORDER BY n)
    FROM generate_series(1, pg_temp.pick(i, 60, 11)) n), '[]'),
  ARRAY(SELECT $3::timestamptz - n * 160 * interval '1 hour' FROM generate_series(pg_temp.pick(i, 60, 11) / 3, 1, -1) n),
  coalesce((SELECT jsonb_object_agg('script-' || (pg_temp.pick(i, 61, 1000) + n * 7) % $5::int, pg_temp.iso($3::timestamptz - n * interval '9 days'))
    FROM generate_series(1, pg_temp.pick(i, 62, 25)) n), '{}'),
  coalesce((SELECT jsonb_object_agg(extract(epoch FROM $3::timestamptz)::int / 86400 - d, 1 + d % 3) FROM generate_series(0, 27) d WHERE pg_temp.pick(i, 70 + d, 4) = 0), '{}'),
  coalesce((SELECT jsonb_object_agg(extract(epoch FROM $3::timestamptz)::int / 86400 - d, 1) FROM generate_series(0, 27) d WHERE pg_temp.pick(i, 100 + d, 5) = 0), '{}'),
  ARRAY(SELECT pg_temp.pick(i, 130 + h, CASE WHEN h BETWEEN 19 AND 23 THEN 9 ELSE 2 END) FROM generate_series(0, 23) h),
  CASE WHEN pg_temp.pick(i, 63, 7) = 0 THEN jsonb_build_object('at', pg_temp.iso($3::timestamptz - interval '20 hours'), 'text', '请问防晒什么时候到货？敏感肌能用吗') END,
  CASE WHEN pg_temp.pick(i, 64, 2) = 0 THEN jsonb_build_object('at', pg_temp.iso($3::timestamptz - pg_temp.pick(i, 65, 300) * interval '1 day'), 'item', '修护精华 30ml', 'orderId', 'order-' || i || '-1') END
FROM generate_series(1, $2::bigint) i`;

const orders = `
INSERT INTO orders (corp_id, external_user_id, order_id, items, amount, store_id, ordered_at)
SELECT $1, pg_temp.customer(i), 'order-' || i || '-' || n, '[{"name": "修护精华 30ml", "quantity": 1}, {"name": "面霜 50g", "quantity": 1}]', 29900 + pg_temp.pick(i, 150, 90000),
  'store-1', $3::timestamptz - (pg_temp.pick(i, 65, 300) + n - 1) * interval '1 day'
FROM generate_series(1, $2::bigint) i, generate_series(1, pg_temp.pick(i, 151, 3)) n WHERE pg_temp.pick(i, 64, 2) = 0`;

// $4 the guides, $5 scripts.
const sends = `
INSERT INTO sends (corp_id, external_user_id, send_id, staff_user_id, script_id, version, title, purpose, source, parts, state, started_at, settled_at)
SELECT $1, pg_temp.customer(i), pg_temp.tap(i || 'send' || n), ($4::text[])[1 + i % cardinality($4::text[])], 'script-' || pg_temp.pick(i, 41 + n, $5::int), 1, '使用回访', 'service',
  '{"kind": "library"}', jsonb_build_array(jsonb_build_object('n', 1, 'label', '文字', 'state', 'sent', 'message',
    jsonb_build_object('msgtype', 'text', 'text', jsonb_build_object('content', '林小姐，精华用了一周，皮肤还适应吗？如果有一点点刺痛，可以先隔天用，把量减到两滴。')), 'errMsg', NULL, 'settledAt', pg_temp.iso($3::timestamptz))),
  CASE WHEN n = 1 AND pg_temp.pick(i, 152, 100) = 0 THEN 'open' ELSE 'done' END, $3::timestamptz - n * interval '53 hours', $3::timestamptz - n * interval '53 hours'
FROM generate_series(1, $2::bigint) i, generate_series(1, pg_temp.pick(i, 153, 6)) n`;

// $4 the guides. One customer in a hundred has something open: about forty a guide, as on a full day.
const tasks = `
INSERT INTO tasks (corp_id, external_user_id, task_id, staff_user_id, kind, title, script_id, due_at, status, created_at, closed_at)
SELECT $1, pg_temp.customer(i), pg_temp.tap(i || 'task' || n), ($4::text[])[1 + i % cardinality($4::text[])], 'follow_up', '使用回访', 'script-1',
  $3::timestamptz + interval '4 hours', CASE WHEN i % 100 = 0 THEN 'open' ELSE 'done' END, $3::timestamptz - interval '2 days', CASE WHEN i % 100 = 0 THEN NULL ELSE $3::timestamptz END
FROM generate_series(1, $2::bigint) i, generate_series(1, CASE WHEN i % 4 = 0 THEN 1 ELSE 0 END) n`;

/** Nothing is queued for the console's list meanwhile: whoever measures it fills it. */
export async function withoutTriggers(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('SET session_replication_role = replica');
  await work();
  await client.query('SET session_replication_role = origin');
}

/**
 * As the owner, on an empty and migrated database that holds the brand. Without a past (summaries, sends, tasks) nobody's panel can be measured, but a million take minutes: the
 * list of the console asks for nothing else.
 */
export async function fillCustomers(
  client: Client,
  options: { corpId: string; guides: Guide[]; count: number; now: Date; withPast: boolean },
): Promise<void> {
  const first = [options.corpId, options.count, options.now];
  const guides = options.guides.map(({ userid }) => userid);
  await client.query(pick);
  await withoutTriggers(client, async () => {
    await client.query(customers, [...first, stageIds]);
    await client.query(follows, [...first, guides, tagCount]);
    await client.query(orders, first);
    if (!options.withPast) return;
    await client.query(summaries, [...first, guides, scriptCount]);
    await client.query(sends, [...first, guides, scriptCount]);
    await client.query(tasks, [...first, guides]);
  });
  // What autovacuum would do sooner or later, in the middle of a measurement.
  await client.query('VACUUM (ANALYZE, FREEZE)');
  await client.query('CHECKPOINT');
}

export type Relation = { externalUserId: string; staffUserId: string };

/** Relations to ask for, spread evenly over all customers; the same ones in every run. */
export async function pickRelations(client: Client, corpId: string, most: number): Promise<Relation[]> {
  const { rows } = await client.query<Relation>(
    `SELECT external_user_id AS "externalUserId", staff_user_id AS "staffUserId" FROM follows
     WHERE corp_id = $1 AND ended_at IS NULL ORDER BY hashtextextended(external_user_id, 5) LIMIT $2`,
    [corpId, most],
  );
  return rows;
}
