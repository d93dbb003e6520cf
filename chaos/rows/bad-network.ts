import { setTimeout as pause } from 'node:timers/promises';
import { postOnce } from '../callbacks.ts';
import type { Ground } from '../ground.ts';
import { outcomeOf, openPanel } from '../guide-requests.ts';
import { drained, inboxCounts } from '../inbox.ts';
import { perSecond } from '../load-scale.ts';
import { openLoad, type StreamReport } from '../open-load.ts';
import { limit, type Row } from '../row.ts';
import { type Chance, chanceFrom } from '../seeded.ts';
import type { Weather } from '../tcp-proxy.ts';

const storms: Weather[] = ['busy', 'stall', 'reset', 'refused', 'dribble', 'html'];

/** After this the breaker must have opened; then one call at a time finds out whether WeCom is back. */
const opensWithinMs = 5_000;

/** What T1 allows when nothing is wrong; in bad weather it may be twice as much. */
const steadyP99Ms = 50;

const warmUpSeconds = 5;

type Measured = { weather: Weather; panels: StreamReport; callsPerSecond: number; callsPerSecondAfterOpening: number };

/** Panels are read while guides keep changing things that only WeCom can tell. */
async function workIn(
  weather: Weather,
  ground: Ground,
  options: { seconds: number; share: number; chance: Chance; from: number },
): Promise<Measured> {
  const { relations, product, callbacks, network } = ground;
  const { seconds, share, chance, from } = options;
  network.set(weather);
  const before = network.requests();
  let beforeOpen = before;
  const opened = pause(Math.min(opensWithinMs, seconds * 600)).then(() => (beforeOpen = network.requests()));
  const began = performance.now();
  let openedAt = began;
  void opened.then(() => (openedAt = performance.now()));
  const { panels } = await openLoad(
    [
      { name: 'panels', perSecond: perSecond(share).panels, ask: async () => outcomeOf(await openPanel(ground, chance.pick(relations))) },
      {
        name: 'callbacks',
        perSecond: Math.max(5, perSecond(share).callbacks),
        async ask(n) {
          const { staff, externalUserId } = chance.pick(relations);
          const { status } = await postOnce(product.url, callbacks.edited(staff, externalUserId, from + n));
          return status === 200 ? 'ok' : 'failed';
        },
      },
    ],
    seconds,
    chance,
  );
  await opened;
  const now = performance.now();
  const rate = (calls: number, since: number) => Number((calls / ((now - since) / 1000)).toFixed(1));
  if (panels === undefined) throw new Error('no panels were read');
  return {
    weather,
    panels,
    callsPerSecond: rate(network.requests() - before, began),
    callsPerSecondAfterOpening: rate(network.requests() - beforeOpen, openedAt),
  };
}

const dueNow = ({ query }: Ground) =>
  query(`UPDATE callback_inbox SET next_attempt_at = now() WHERE status = 'waiting' AND next_attempt_at > now() + interval '2 seconds'`);

/** T9: everything that a network and an overloaded WeCom can do to an answer, one after the other. */
export const badNetwork: Row = {
  id: 'T9',
  what: 'WeCom answers -1, stalls, resets, dribbles, sends HTML: few calls go out, panels stay quick, everything is applied afterwards',
  long: { seconds: 210 },
  short: { seconds: 10.5 },
  async run(ground, { seed, seconds, share }) {
    const chance = chanceFrom(seed);
    const each = seconds / (storms.length + 1);
    const firstSecond = Math.floor(Date.now() / 1000) - 300_000_000;
    const options = (n: number) => ({ seconds: each, share, chance, from: firstSecond + n * 100_000 });
    // A server that has just been started compiles what it runs: that is not the weather.
    await workIn('clear', ground, { ...options(storms.length + 1), seconds: Math.min(each, warmUpSeconds) });
    const clear = await workIn('clear', ground, options(0));
    const measured: Measured[] = [];
    for (const [n, weather] of storms.entries()) {
      measured.push(await workIn(weather, ground, options(n + 1)));
      // Each begins with a WeCom that answers, so that each has to be noticed.
      ground.network.set('clear');
      await dueNow(ground);
      await pause(seconds < 60 ? 200 : 12_000);
    }
    // What was put off for minutes is due now: the waiting itself is not what is looked at.
    const hurry = setInterval(() => void dueNow(ground).catch(() => undefined), 2_000);
    const drainMs = await drained(ground, 120_000).finally(() => clearInterval(hurry));
    const { dead } = await inboxCounts(ground);
    const allowed = 2 * steadyP99Ms;
    // One call in ten seconds per breaker is what finds out whether it is over; a handful of APIs have one each.
    const mostAfterOpening = 5;
    return {
      figures: {
        panelP99Ms: clear.panels.p99,
        ...Object.fromEntries(
          measured.flatMap(({ weather, panels, callsPerSecond, callsPerSecondAfterOpening }) => [
            [`${weather}P99Ms`, panels.p99],
            [`${weather}Calls`, `${callsPerSecond}/s, then ${callsPerSecondAfterOpening}/s`],
          ]),
        ),
        clearCallsPerSecond: clear.callsPerSecond,
        drainedMs: Math.round(drainMs),
      },
      broken: measured
        .flatMap(({ weather, panels, callsPerSecondAfterOpening }) => [
          ...limit(panels.failed + panels.refused === 0, `${weather}: ${panels.failed + panels.refused} panels were not served`),
          ...limit(
            seconds < 60 || panels.p99 <= allowed,
            `${weather}: p99 of the panel is ${panels.p99} ms, more than ${allowed} (in good weather ${clear.panels.p99})`,
          ),
          ...limit(
            seconds < 60 || callsPerSecondAfterOpening <= mostAfterOpening,
            `${weather}: after ${opensWithinMs} ms still ${callsPerSecondAfterOpening} calls a second`,
          ),
        ])
        .concat(limit(dead === 0, `${dead} events were given up`))
        .concat(
          limit(
            seconds < 60 || clear.panels.p99 <= steadyP99Ms,
            `p99 of the panel is ${clear.panels.p99} ms in good weather: this machine has too much else to do`,
          ),
        ),
    };
  },
};
