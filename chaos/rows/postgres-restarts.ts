import { setTimeout as pause } from 'node:timers/promises';
import type { Ground } from '../ground.ts';
import { newTap, openPanel, outcomeOf, reportSent, startSend, type Tap } from '../guide-requests.ts';
import { limit, type Row } from '../row.ts';
import { chanceFrom } from '../seeded.ts';

/** A page gives up earlier; by then there is nothing to wait for. */
const patienceMs = 60_000;

/** As the page does: the same tap until it is taken. Notes what came back that is neither a 200 nor a 503 that says when to come again. */
async function insist(ask: () => ReturnType<typeof startSend>, wrong: string[]): Promise<void> {
  for (const end = performance.now() + patienceMs; performance.now() < end;) {
    const asked = await ask();
    const outcome = outcomeOf(asked);
    if (outcome === 'ok') return;
    if (outcome === 'failed') wrong.push(`${asked.status ?? 'no answer'}${asked.retryAfter === null ? '' : ' with Retry-After'}`);
    // A page waits for the time it is told; a page that does not makes more trouble, which is welcome here.
    await pause(200);
  }
}

async function touchesOf({ query }: Ground, taps: Tap[]): Promise<{ touches: number; sends: number; summaries: number }> {
  const ids = taps.map(({ sendId }) => sendId);
  const [row] = await query<{ touches: number; sends: number }>(
    `SELECT (SELECT count(*)::int FROM touches WHERE send_id = ANY($1::uuid[])) AS touches,
       (SELECT count(*)::int FROM sends WHERE send_id = ANY($1::uuid[]) AND state = 'done') AS sends`,
    [ids],
  );
  // Each of these customers has more touches in the ledger than the summary shows, or as many.
  const [odd] = await query<{ odd: number }>(
    `SELECT count(*)::int AS odd FROM touch_summaries s WHERE s.external_user_id = ANY($1::text[]) AND jsonb_array_length(s.recent_touches) <>
       least(10, (SELECT count(*) FROM touches t WHERE t.external_user_id = s.external_user_id))`,
    [[...new Set(taps.map(({ relation }) => relation.externalUserId))]],
  );
  return { touches: row?.touches ?? 0, sends: row?.sends ?? 0, summaries: odd?.odd ?? 0 };
}

/** Milliseconds until a panel is served again after Postgres takes connections. */
async function healed(ground: Ground): Promise<number> {
  const began = performance.now();
  const [relation] = ground.relations;
  if (relation === undefined) throw new Error('nobody follows anybody');
  while (performance.now() - began < 30_000) {
    if (outcomeOf(await openPanel(ground, relation)) === 'ok') break;
    await pause(20);
  }
  return performance.now() - began;
}

/** T5: Postgres is restarted under the guides' hands, politely and by crash. */
export const postgresRestarts: Row = {
  id: 'T5',
  what: 'Postgres restarted every 5 to 10 s: every touch ends right, errors are 503 with Retry-After, healed within 2 s',
  long: { seconds: 300 },
  short: { seconds: 5 },
  async run(ground, { seed, seconds }) {
    const chance = chanceFrom(seed);
    const { postgres, relations } = ground;
    const wrong: string[] = [];
    const taps: Tap[] = [];
    const wanted = seconds >= 300 ? 5_000 : seconds * 15;
    const each = (seconds * 1000) / wanted;
    const began = performance.now();
    const guidesAtWork = (async () => {
      const underway: Promise<void>[] = [];
      for (let n = 0; n < wanted; n += 1) {
        await pause(Math.max(0, n * each - (performance.now() - began)));
        const tap = newTap(chance.pick(relations));
        taps.push(tap);
        underway.push(insist(() => startSend(ground, tap), wrong).then(() => insist(() => reportSent(ground, tap), wrong)));
      }
      await Promise.all(underway);
    })();
    const heals: number[] = [];
    const restarts = { fast: 0, crash: 0 };
    const pauses = chance.fork();
    while (performance.now() - began < seconds * 1000) {
      await pause(seconds < 60 ? pauses.between(1_000, 2_000) : pauses.between(5_000, 10_000));
      const how = pauses.happens(0.5) ? 'crash' : 'fast';
      await postgres.restart(how);
      restarts[how] += 1;
      heals.push(await healed(ground));
    }
    await guidesAtWork;
    const { touches, sends, summaries } = await touchesOf(ground, taps);
    const slowest = Math.max(...heals);
    return {
      figures: {
        restarts: restarts.fast,
        crashes: restarts.crash,
        taps: taps.length,
        touches,
        slowestHealMs: Math.round(slowest),
        wrongAnswers: wrong.length,
      },
      broken: [
        ...limit(
          touches === taps.length && sends === taps.length,
          `of ${taps.length} taps ${touches} are touches, ${sends} are done sends`,
        ),
        ...limit(summaries === 0, `${summaries} summaries differ from their ledger`),
        ...limit(wrong.length === 0, `answers that were neither 200 nor 503 with Retry-After: ${[...new Set(wrong)].join(', ')}`),
        ...limit(slowest <= 2_000, `the pool took ${Math.round(slowest)} ms to heal, more than 2,000`),
      ],
    };
  },
};
