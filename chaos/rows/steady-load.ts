import { setTimeout as pause } from 'node:timers/promises';
import { postOnce } from '../callbacks.ts';
import { outcomeOf, openPanel, touch } from '../guide-requests.ts';
import { drained, inboxCounts } from '../inbox.ts';
import { perSecond } from '../load-scale.ts';
import { residentMb, slopePerMinute } from '../memory.ts';
import { openLoad } from '../open-load.ts';
import { limit, type Row } from '../row.ts';
import { chanceFrom } from '../seeded.ts';

/** A heap that has not been used yet grows before it is swept: over ten minutes by 0.8 and by 2.0 MB a minute, over an hour by 0.01. A slope over less than this says nothing. */
const slopeNeedsSeconds = 1_800;

/** T1: guides read panels and send, WeCom calls back, for as long as wanted, and nothing piles up. */
export const steadyLoad: Row = {
  id: 'T1',
  what: 'steady load: no error, panels quick, memory flat, the inbox keeps up',
  long: { seconds: 3_600 },
  short: { seconds: 5 },
  async run(ground, { seed, seconds, share }) {
    const chance = chanceFrom(seed);
    const { relations, callbacks, product } = ground;
    const rates = perSecond(share);
    const began = Date.now();
    const samples: { minute: number; mb: number }[] = [];
    let worstLag = 0;
    let longestHeld = 0;
    const over = new AbortController();
    const watching = (async () => {
      while (!over.signal.aborted) {
        const { lagSeconds, heldSeconds } = await inboxCounts(ground);
        worstLag = Math.max(worstLag, lagSeconds);
        longestHeld = Math.max(longestHeld, heldSeconds);
        const mb = residentMb(product.pid());
        if (mb !== null) samples.push({ minute: (Date.now() - began) / 60_000, mb });
        await pause(1_000);
      }
    })();
    const firstSecond = Math.floor(began / 1000) - 500_000_000;
    const reports = await openLoad(
      [
        { name: 'panels', perSecond: rates.panels, ask: async () => outcomeOf(await openPanel(ground, chance.pick(relations))) },
        { name: 'touches', perSecond: rates.touches, ask: () => touch(ground, chance.pick(relations)) },
        {
          name: 'callbacks',
          perSecond: rates.callbacks,
          async ask(n) {
            const { staff, externalUserId } = chance.pick(relations);
            const { status } = await postOnce(product.url, callbacks.edited(staff, externalUserId, firstSecond + n));
            return status === 200 ? 'ok' : 'failed';
          },
        },
      ],
      seconds,
      chance,
    );
    over.abort();
    await watching;
    const drainMs = await drained(ground, 60_000);
    const { panels, touches, callbacks: told } = reports;
    const settled = samples.filter(({ minute }) => minute > seconds / 60 / 2);
    const slope = slopePerMinute(settled);
    const errors = Object.values(reports).reduce((sum, { refused, failed }) => sum + refused + failed, 0);
    return {
      figures: {
        seconds,
        requests: Object.values(reports).reduce((sum, { asked }) => sum + asked, 0),
        errors,
        panelP50Ms: panels?.p50 ?? 0,
        panelP99Ms: panels?.p99 ?? 0,
        touchP99Ms: touches?.p99 ?? 0,
        callbackP99Ms: told?.p99 ?? 0,
        worstInboxLagSeconds: Number(worstLag.toFixed(2)),
        longestHeldOnPurposeSeconds: Number(longestHeld.toFixed(2)),
        drainedMs: Math.round(drainMs),
        memoryMb: Math.round(samples.at(-1)?.mb ?? 0),
        memoryMbPerMinute: seconds >= slopeNeedsSeconds ? Number(slope.toFixed(3)) : `${slope.toFixed(1)} (too short to say)`,
      },
      broken: [
        ...limit(errors === 0, `${errors} requests were not answered as they should: ${JSON.stringify(reports)}`),
        ...limit((panels?.p99 ?? Infinity) <= 50 || seconds < 20, `p99 of the panel is ${panels?.p99} ms, more than 50`),
        ...limit(worstLag <= 1 || seconds < 20, `the inbox was ${worstLag.toFixed(2)} s behind, more than 1`),
        ...limit(seconds < slopeNeedsSeconds || slope < 1, `memory grows by ${slope.toFixed(2)} MB a minute`),
      ],
    };
  },
};
