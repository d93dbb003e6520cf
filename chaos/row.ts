import type { Ground } from './ground.ts';

/** How long and how hard. `share` of load L of the fault table: 2,000 panel reads, 500 callbacks, 200 touches a second. */
export type Scale = { seed: number; seconds: number; share: number };

/** What was measured, for people; and what did not hold, one sentence each. */
export type Findings = { figures: Record<string, number | string>; broken: string[] };

export type Row = {
  id: string;
  what: string;
  /** What the fault table asks for, and the form that runs with every `pnpm test`. */
  long: { seconds: number };
  short: { seconds: number };
  run(ground: Ground, scale: Scale): Promise<Findings>;
};

/** A row that needs no ground: everything it is about happens in one process, and its length is counted in steps. */
export type LoneRow = {
  id: string;
  what: string;
  long: { steps: number };
  short: { steps: number };
  run(scale: { seed: number; steps: number }): Promise<Findings>;
};

/** A limit as a sentence that is only there when it was missed. */
export function limit(holds: boolean, sentence: string): string[] {
  return holds ? [] : [sentence];
}
