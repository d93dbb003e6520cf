import { setTimeout as pause } from 'node:timers/promises';
import type { Ground } from '../ground.ts';
import { drained } from '../inbox.ts';
import { limit, type Row } from '../row.ts';
import { chanceFrom } from '../seeded.ts';
import { until } from '../until.ts';

/** How often each relation was recorded as begun, and how high its bars stand: both must be once. */
async function appliedTimes({ query }: Ground, ids: string[]): Promise<{ never: number; twice: number }> {
  const rows = await query<{ id: string; outcomes: number; bars: number; follows: number }>(
    `SELECT w.id,
       (SELECT count(*)::int FROM outcomes o WHERE o.external_user_id = w.id AND o.kind = 'followed') AS outcomes,
       (SELECT coalesce(sum(v::int), 0)::int FROM touch_summaries s, jsonb_each_text(s.pulse_customer) AS p(k, v) WHERE s.external_user_id = w.id) AS bars,
       (SELECT count(*)::int FROM follows f WHERE f.external_user_id = w.id AND f.ended_at IS NULL) AS follows
     FROM unnest($1::text[]) AS w(id)`,
    [ids],
  );
  return {
    never: rows.filter((row) => row.outcomes === 0 || row.bars === 0 || row.follows === 0).length,
    twice: rows.filter((row) => row.outcomes > 1 || row.bars > 1 || row.follows > 1).length,
  };
}

/** T3: the server dies at a random moment while customers come in, again and again; WeCom tells what was not acknowledged once more. */
export const killedServer: Row = {
  id: 'T3',
  what: 'kill -9 in the middle of callbacks: each event applied exactly once, back within 3 s',
  long: { seconds: 300 },
  short: { seconds: 4 },
  async run(ground, { seed, seconds }) {
    const chance = chanceFrom(seed);
    const { product, delivery, guides, control } = ground;
    delivery.duplicate(2, chance.fork());
    const ids: string[] = [];
    const restarts: number[] = [];
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end || restarts.length === 0) {
      for (let n = chance.between(5, 15); n > 0; n -= 1) {
        const body = { name: `来客${ids.length}`, staff: chance.pick(guides), state: 'chaos' };
        ids.push((await control<{ external_userid: string }>('POST', '/_sim/customers', body)).external_userid);
      }
      await pause(chance.below(120));
      await product.kill();
      restarts.push(await product.start());
      await pause(chance.below(300));
    }
    await until(async () => delivery.waiting() === 0, 60_000, 'WeCom could not deliver everything');
    delivery.duplicate(1, chance);
    // What a dead process had taken is free again after a minute. In the short form that minute passes at once.
    if (seconds < 20)
      await ground.query(`UPDATE callback_inbox SET next_attempt_at = next_attempt_at - interval '60 seconds' WHERE status = 'waiting'`);
    const drainMs = await drained(ground, 90_000);
    const { never, twice } = await appliedTimes(ground, ids);
    const slowest = Math.max(...restarts);
    const dead = await ground.query(`SELECT FROM callback_inbox WHERE status = 'dead'`);
    return {
      figures: {
        kills: restarts.length,
        events: ids.length,
        deliveredTwice: 'each',
        slowestRestartMs: Math.round(slowest),
        drainedMs: Math.round(drainMs),
      },
      broken: [
        ...limit(never === 0, `${never} of ${ids.length} events were never applied`),
        ...limit(twice === 0, `${twice} of ${ids.length} events were applied twice`),
        ...limit(dead.length === 0, `${dead.length} events were given up`),
        ...limit(slowest <= 3_000 || seconds < 20, `a restart took ${Math.round(slowest)} ms, more than 3,000`),
      ],
    };
  },
};
