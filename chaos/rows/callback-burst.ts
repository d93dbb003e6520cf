import { type Callback, postOnce } from '../callbacks.ts';
import { drained, inboxCounts, missingFrom } from '../inbox.ts';
import { perSecond } from '../load-scale.ts';
import { openLoad } from '../open-load.ts';
import { limit, type Row } from '../row.ts';
import { chanceFrom } from '../seeded.ts';

/** T2: ten times the usual callbacks. What is acknowledged is kept; what cannot be kept is refused at once. */
export const callbackBurst: Row = {
  id: 'T2',
  what: 'ten times the callbacks: acknowledged within 5 s or refused, nothing lost after a 200, drained within 5 min',
  long: { seconds: 60 },
  short: { seconds: 3 },
  async run(ground, { seed, seconds, share }) {
    const chance = chanceFrom(seed);
    const { relations, callbacks, product } = ground;
    const rate = 10 * perSecond(share).callbacks;
    const acknowledged: string[] = [];
    const refused: string[] = [];
    let slowest = 0;
    const firstSecond = Math.floor(Date.now() / 1000) - 700_000_000;
    const make = (n: number): Callback => {
      const { staff, externalUserId } = chance.pick(relations);
      // Half of a burst are guides at work, half is what group chats say, which is kept and needs nothing from WeCom.
      return n % 2 === 0 ? callbacks.edited(staff, externalUserId, firstSecond + n) : callbacks.groupChanged(`wr${n}`, firstSecond + n);
    };
    const { burst } = await openLoad(
      [
        {
          name: 'burst',
          perSecond: rate,
          async ask(n) {
            const callback = make(n);
            const { status, ms } = await postOnce(product.url, callback);
            slowest = Math.max(slowest, ms);
            if (status === 200) acknowledged.push(callback.hash);
            if (status === 503) refused.push(callback.hash);
            return status === 200 ? 'ok' : status === 503 ? 'refused' : 'failed';
          },
        },
      ],
      seconds,
      chance,
    );
    const { waiting } = await inboxCounts(ground);
    const drainMs = await drained(ground, 300_000);
    const lost = await missingFrom(ground, acknowledged);
    const keptThoughRefused = refused.length - (await missingFrom(ground, refused)).length;
    const { dead } = await inboxCounts(ground);
    return {
      figures: {
        perSecond: rate,
        sent: burst?.asked ?? 0,
        acknowledged: acknowledged.length,
        refused: refused.length,
        slowestMs: Math.round(slowest),
        p99Ms: burst?.p99 ?? 0,
        waitingAtTheEnd: waiting,
        drainedSeconds: Number((drainMs / 1000).toFixed(1)),
      },
      broken: [
        ...limit(burst?.failed === 0, `${burst?.failed} callbacks got neither 200 within 5 s nor 503`),
        ...limit(lost.length === 0, `${lost.length} were acknowledged and are not in the inbox`),
        ...limit(keptThoughRefused === 0, `${keptThoughRefused} were refused and kept all the same`),
        ...limit(dead === 0, `${dead} were given up`),
      ],
    };
  },
};
