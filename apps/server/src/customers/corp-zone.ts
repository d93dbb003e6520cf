import { cached, onePerDatabase } from '../cached.ts';
import type { Deps } from '../feature.ts';
import { readTimeZone } from './corp-zone.store.ts';

const zones = onePerDatabase(({ db, clock }: Pick<Deps, 'db' | 'clock'>) =>
  cached({ clock, load: async () => (await readTimeZone(db)) ?? 'Asia/Shanghai' }),
);

/** The zone in which this corp counts days and keeps quiet hours. */
export const corpTimeZone = (deps: Pick<Deps, 'db' | 'clock'>): Promise<string> => zones(deps).get();
