import type { Config } from '../../apps/server/src/config.ts';
import type { Queryable } from '../../apps/server/src/database.ts';
import { type Comparison, compareStores } from '../../apps/server/src/test-compare-stores.ts';
import { type Chance, chanceFrom } from '../seeded.ts';
import { startCallbackRelay, type CallbackRelay, type CaughtCallback } from './callback-relay.ts';
import { worldChanges } from './world-changes.ts';

/** A running product that has finished its first sync with the simulator, and applies callbacks. */
export type LossyProduct = {
  callbackUrl: string;
  /** As the corp's role. */
  db: Queryable;
  /** From beginning to end. */
  reconcile(): Promise<void>;
};

export type LossyRun = {
  simulatorUrl: string;
  wecom: Pick<Config['wecom'], 'corpId' | 'agentId' | 'callbackToken' | 'callbackAesKey'>;
  /** Hears every callback once, in order. */
  sound: LossyProduct;
  /** Hears the same ones five times each, shuffled, some of them never. */
  lossy: LossyProduct;
  seed: number;
  /** Changes at WeCom; nearly each causes one callback. */
  changes: number;
  dropRate?: number;
  /** Milliseconds for a product to apply what it has kept. */
  patienceMs?: number;
};

export type LossyResult = Comparison & { callbacks: number; delivered: number; dropped: number; dead: number };

export const copies = 5;
const atOnce = 8;

const unapplied = (db: Queryable) =>
  db.execute<{ n: number }>("SELECT count(*)::int AS n FROM callback_inbox WHERE status = 'waiting'").then(({ rows }) => rows[0]?.n ?? 0);

async function untilApplied(db: Queryable, patienceMs: number): Promise<void> {
  for (const end = performance.now() + patienceMs; (await unapplied(db)) > 0;) {
    if (performance.now() > end) throw new Error(`${await unapplied(db)} callbacks were not applied within ${patienceMs} ms`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * A customer who deletes a guide goes on being listed: if that callback is lost, no question to WeCom brings it back. These arrive late and
 * often like the others, but they arrive.
 */
const cannotBeAskedFor = ({ event }: CaughtCallback) => event.kind === 'customer.removedByCustomer';

/** Holds what the lossy product has yet to hear; each turn lets some of it through, in no order. */
function losing(relay: CallbackRelay, { lossy, dropRate = 0.01 }: LossyRun, chance: Chance) {
  let pending: CaughtCallback[] = [];
  let heard = 0;
  let dropped = 0;
  let delivered = 0;
  return {
    counts: () => ({ dropped, delivered }),
    async letThrough(share: number): Promise<void> {
      for (const callback of relay.caught.slice(heard)) {
        if (chance.happens(dropRate) && !cannotBeAskedFor(callback)) dropped += 1;
        else pending.push(...Array.from({ length: copies }, () => callback));
      }
      heard = relay.caught.length;
      pending = chance.shuffled(pending);
      const now = pending.splice(0, Math.ceil(pending.length * share));
      for (let from = 0; from < now.length; from += atOnce)
        await Promise.all(now.slice(from, from + atOnce).map((callback) => relay.deliver(lossy.callbackUrl, callback)));
      delivered += now.length;
    },
  };
}

/**
 * T12. One WeCom, two products: what one hears, the other hears five times, shuffled over the whole run, some of it never. Then both
 * reconcile, and their stores are compared table by table. The same seed makes the same changes and loses the same callbacks.
 */
export async function runLossyCallbacks(run: LossyRun): Promise<LossyResult> {
  const { simulatorUrl, wecom, sound, lossy, changes, seed, patienceMs = 120_000 } = run;
  const chance = chanceFrom(seed);
  const relay: CallbackRelay = await startCallbackRelay(wecom, (callback) => relay.deliver(sound.callbackUrl, callback));
  const hook = await fetch(`${simulatorUrl}/_sim/corp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ callback: { url: relay.url } }),
  });
  if (!hook.ok) throw new Error(`the simulator did not take the relay's address: ${hook.status}`);
  try {
    const world = await worldChanges(simulatorUrl, chance);
    const loss = losing(relay, run, chanceFrom(seed + 1));
    const rounds = 10;
    for (let round = 1; round <= rounds; round += 1) {
      for (let n = 0; n < changes / rounds; n += 1) await world.change();
      await loss.letThrough(round === rounds ? 1 : 0.3);
    }
    // WeCom delivers on its own time: what comes in last is let through, too.
    for (let known = -1; known !== relay.caught.length;) {
      known = relay.caught.length;
      await new Promise((done) => setTimeout(done, 500));
      await loss.letThrough(1);
    }
    await Promise.all([untilApplied(sound.db, patienceMs), untilApplied(lossy.db, patienceMs)]);
    await sound.reconcile();
    await lossy.reconcile();
    const { rows } = await lossy.db.execute<{ n: number }>("SELECT count(*)::int AS n FROM callback_inbox WHERE status = 'dead'");
    return { ...(await compareStores(sound.db, lossy.db)), callbacks: relay.caught.length, ...loss.counts(), dead: rows[0]?.n ?? 0 };
  } finally {
    await relay.close();
  }
}
