import type { Load } from './load.ts';
import type { Options } from './options.ts';
import type { Pair } from './ratio.ts';
import type { Stand } from './stand.ts';

/** What a measurement is handed. */
export type Run = { stand: Stand; load: Load; options: Options; onRound(pairs: number, pair: Pair): void };
