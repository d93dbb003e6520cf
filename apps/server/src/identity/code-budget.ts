export type CodeBudget = {
  /**
   * Exchanges a code for whoever asks from this address. `tooMany`: codes that WeCom refused have used the budget up, and nothing was asked.
   * An exchange waits while as many are under way as there is room for refusals.
   */
  exchange<T>(
    address: string,
    ask: () => Promise<T>,
    cameOf: (answer: T) => 'good' | 'refused' | 'neither',
  ): Promise<T | { tooManyForMs: number }>;
};

/** So many refusals at once, and then one each so often. */
type Allowance = { most: number; everyMs: number };

/** Hundreds of guides sit behind one address; a few of them come with a code that has died, nobody with dozens a minute. */
const perAddress: Allowance = { most: 30, everyMs: 4_000 };
const inAll: Allowance = { most: 300, everyMs: 1_000 };

const waitsAtMostMs = 5_000;
/** Beyond it those are forgotten who came longest ago. */
const counted = 20_000;

type Spent = { left: number; at: number; underway: number; isKnown: boolean };

/**
 * WeCom limits whoever asks it about codes that are none, and a code of one's own making costs nothing. Good codes are counted nowhere. Where somebody
 * has signed in, strangers elsewhere cannot use up what is left for all. Counts in this process, by a clock that only goes on (milliseconds).
 */
export function createCodeBudget(now: () => number = () => performance.now()): CodeBudget {
  const fresh = ({ most }: Allowance): Spent => ({ left: most, at: now(), underway: 0, isKnown: false });
  const all = fresh(inAll);
  const addresses = new Map<string, Spent>();
  const waiting: (() => void)[] = [];

  function of(address: string): Spent {
    const spent = addresses.get(address) ?? fresh(perAddress);
    addresses.delete(address);
    addresses.set(address, spent);
    const [oldest] = addresses.keys();
    if (addresses.size > counted && oldest !== undefined) addresses.delete(oldest);
    return spent;
  }

  function room(spent: Spent, { most, everyMs }: Allowance): number {
    const regained = Math.floor((now() - spent.at) / everyMs);
    spent.left = Math.min(most, spent.left + regained);
    spent.at = spent.left === most ? now() : spent.at + regained * everyMs;
    return spent.left;
  }

  function tooManyForMs(one: Spent): number {
    if (room(one, perAddress) < 1) return perAddress.everyMs - (now() - one.at);
    if (!one.isKnown && room(all, inAll) < 1) return inAll.everyMs - (now() - all.at);
    return 0;
  }

  return {
    async exchange(address, ask, cameOf) {
      const one = of(address);
      const isFull = () => one.underway >= one.left || (!one.isKnown && all.underway >= all.left);
      for (const began = now(); ;) {
        const wait = tooManyForMs(one);
        if (wait > 0) return { tooManyForMs: wait };
        if (!isFull()) break;
        if (now() - began > waitsAtMostMs) return { tooManyForMs: waitsAtMostMs };
        await new Promise<void>((done) => waiting.push(done));
      }
      one.underway += 1;
      all.underway += 1;
      try {
        const answer = await ask();
        const came = cameOf(answer);
        if (came === 'refused') {
          one.left -= 1;
          all.left = Math.max(0, all.left - 1);
        }
        if (came === 'good') one.isKnown = true;
        return answer;
      } finally {
        one.underway -= 1;
        all.underway -= 1;
        for (const go of waiting.splice(0)) go();
      }
    },
  };
}
