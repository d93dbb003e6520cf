import { randomUUID } from 'node:crypto';
import { newTap, reportSent, startSend } from '../guide-requests.ts';
import type { Ground } from '../ground.ts';
import { drained } from '../inbox.ts';
import { limit, type Row } from '../row.ts';
import { chanceFrom } from '../seeded.ts';
import { until } from '../until.ts';

type World = { follows: { staff: string; external_userid: string; remark: string; tags: string[] }[] };
type Stored = { staff: string; id: string; remark: string; tags: string[] };

/** A commit is acknowledged before it is on disk, as on a standby that is a moment behind: what a crash then takes was answered with 200. */
async function durable({ query }: Ground, on: boolean): Promise<void> {
  await query(`ALTER SYSTEM SET synchronous_commit = ${on ? 'on' : 'off'}`);
  await query(`ALTER SYSTEM SET wal_writer_delay = '${on ? '200ms' : '10s'}'`);
  await query('SELECT pg_reload_conf()');
}

const line = (staff: string, id: string, remark: string, tags: string[]) => `${staff} ${id} ${remark} ${tags.toSorted().join(',')}`;

/** Living relations that WeCom and our store describe differently, in either direction. */
async function differences({ control, query }: Ground): Promise<string[]> {
  const { follows } = await control<World>('GET', '/_sim/world');
  const stored = await query<Stored>(
    'SELECT staff_user_id AS staff, external_user_id AS id, remark, tag_ids AS tags FROM follows WHERE ended_at IS NULL',
  );
  const theirs = new Set(follows.map((one) => line(one.staff, one.external_userid, one.remark, one.tags)));
  const ours = new Set(stored.map((one) => line(one.staff, one.id, one.remark, one.tags)));
  return [...[...theirs].filter((one) => !ours.has(one)), ...[...ours].filter((one) => !theirs.has(one))];
}

/** What WeCom was asked to send to anybody: nothing here asks for that. */
async function sendsAsked({ control }: Ground): Promise<number> {
  const paths = ['message/send', 'externalcontact/send_welcome_msg', 'externalcontact/add_msg_template'];
  const asked = await Promise.all(paths.map((path) => control<{ total: number }>('GET', `/_sim/calls?path=${path}&limit=1`)));
  return asked.reduce((sum, { total }) => sum + total, 0);
}

/** As `POST /api/admin/sync/reconcile` does; a worker begins within seconds. */
async function reconciled({ query, corpId }: Ground): Promise<{ found: number; ended: number }> {
  const runId = randomUUID();
  await query(
    `INSERT INTO sync_runs (corp_id, run_id, kind, requested_by, started_at, phase, position)
     VALUES ($1, $2, 'reconcile', 'chaos', now(), 'staff', '{"pendingStaff": [], "batch": [], "cursor": ""}')`,
    [corpId, runId],
  );
  return until(
    async () => {
      const [run] = await query<{ found: number; ended: number }>(
        'SELECT relations_found AS found, relations_ended AS ended FROM sync_runs WHERE run_id = $1 AND finished_at IS NOT NULL',
        [runId],
      );
      return run ?? null;
    },
    120_000,
    'the reconciliation does not end',
  );
}

/** T6: a failover that loses what was committed and acknowledged in the last second. */
export const lostSecond: Row = {
  id: 'T6',
  what: 'the last second of commits is lost: a reconciliation finds and repairs it, and nothing is sent a second time',
  long: { seconds: 60 },
  short: { seconds: 1 },
  async run(ground, { seed, seconds }) {
    const chance = chanceFrom(seed);
    const { control, postgres, product, guides, relations, query, delivery } = ground;
    // A customer who deletes a guide goes on being listed: those of the seed are no difference.
    const before = new Set(await differences(ground));
    const sends = await sendsAsked(ground);
    const losses = { customers: 0, touches: 0 };
    const repaired = { found: 0, ended: 0 };
    const wrong: string[] = [];
    const rounds = Math.max(1, Math.floor(seconds / 20));
    for (let round = 0; round < rounds; round += 1) {
      await drained(ground, 60_000);
      await durable(ground, false);
      await query('CHECKPOINT');
      const came: string[] = [];
      const taps = [];
      for (let n = 0; n < 12; n += 1) {
        const body = { name: `来客${round}-${n}`, staff: chance.pick(guides), state: 'chaos' };
        came.push((await control<{ external_userid: string }>('POST', '/_sim/customers', body)).external_userid);
        const { staff, externalUserId } = chance.pick(relations);
        await control('POST', '/_sim/follows', { staff, external_userid: externalUserId, remark: `改${round}-${n}` }).catch(
          () => undefined,
        );
        const tap = newTap(chance.pick(relations));
        taps.push(tap);
        await startSend(ground, tap);
        await reportSent(ground, tap);
      }
      await until(async () => delivery.waiting() === 0, 20_000, 'WeCom could not deliver everything');
      await postgres.restart('crash');
      await durable(ground, true);
      const [left] = await query<{ customers: number; touches: number }>(
        `SELECT (SELECT count(*)::int FROM callback_inbox WHERE lane = ANY($1::text[])) AS customers,
           (SELECT count(*)::int FROM touches WHERE send_id = ANY($2::uuid[])) AS touches`,
        [came.map((id) => `customer:${id}`), taps.map((tap) => tap.sendId)],
      );
      losses.customers += came.length - (left?.customers ?? 0);
      losses.touches += taps.length - (left?.touches ?? 0);
      await until(
        async () => (await fetch(`${product.url}/health/ready`).catch(() => null))?.ok ?? false,
        20_000,
        'the server is not ready',
      );
      const { found, ended } = await reconciled(ground);
      repaired.found += found;
      repaired.ended += ended;
      await drained(ground, 60_000);
      wrong.push(...(await differences(ground)).filter((one) => !before.has(one)));
    }
    const sentMore = (await sendsAsked(ground)) - sends;
    return {
      figures: {
        failovers: rounds,
        lostCallbacks: losses.customers,
        lostTouches: losses.touches,
        found: repaired.found,
        ended: repaired.ended,
      },
      broken: [
        ...limit(losses.customers > 0, 'nothing that was acknowledged was lost, so nothing was shown'),
        ...limit(wrong.length === 0, `${wrong.length} relations differ from WeCom after the reconciliation, the first: ${wrong[0]}`),
        ...limit(sentMore === 0, `WeCom was asked to send ${sentMore} messages that nobody tapped`),
      ],
    };
  },
};
