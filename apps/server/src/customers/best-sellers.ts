import { cached, onePerDatabase } from '../cached.ts';
import { dayMs } from '../corp-time.ts';
import type { Deps } from '../feature.ts';
import { readBestSellers } from './best-sellers.store.ts';

const offered = 3;
const countedDays = 30;
// The question reads a month of orders: rarely, and never while somebody waits for a panel twice.
const freshMs = 1_800_000;

type SellerDeps = Pick<Deps, 'db' | 'clock'>;

const sellers = onePerDatabase(({ db, clock }: SellerDeps) =>
  cached({
    clock,
    load: () => readBestSellers(db, new Date(clock.now().getTime() - countedDays * dayMs), offered),
    freshMs,
    staleMs: dayMs,
  }),
);

/** What the brand sold most in 30 days: choices for `上次购买` where no order is known. */
export const bestSellers = (deps: SellerDeps): Promise<string[]> => sellers(deps).get();
