import { onePerDatabase } from '../cached.ts';
import { dayMs } from '../corp-time.ts';
import type { Deps } from '../feature.ts';
import { readScriptStats, type ScriptStats } from './scripts.store.ts';

/** Counts of the last 30 days, and the day they were made; day 0 while nobody has counted yet. */
export type CountedStats = { day: number; byScript: ReadonlyMap<string, ScriptStats> };

const countedDays = 30;
// A library that is opened for the first time waits this long for the counts; a large ledger takes longer and they follow.
const patienceMs = 500;

const counters = onePerDatabase(({ db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>) => {
  let counted: CountedStats = { day: 0, byScript: new Map() };
  let counting: Promise<void> | null = null;
  return {
    async upToDate(day: number): Promise<CountedStats> {
      if (counted.day === day) return counted;
      counting ??= readScriptStats(db, new Date(clock.now().getTime() - countedDays * dayMs))
        .then(
          (byScript) => void (counted = { day, byScript }),
          (error: unknown) => log.warn({ err: error }, 'uses of scripts not counted'),
        )
        .finally(() => (counting = null));
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([counting, new Promise<void>((done) => (timer = setTimeout(done, patienceMs)))]);
      clearTimeout(timer);
      return counted;
    },
  };
});

/** The counts for this day of the corp; those of an earlier day while they are being made. */
export const scriptStats = (deps: Pick<Deps, 'db' | 'clock' | 'log'>, day: number): Promise<CountedStats> => counters(deps).upToDate(day);
