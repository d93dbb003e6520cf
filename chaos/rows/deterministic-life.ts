import { limit, type LoneRow } from '../row.ts';
import { live } from '../simulation/life.ts';
import { Violated } from '../simulation/invariants.ts';

/** Long enough for leases to run out and for a night's reconciliation, short enough to be read when something is wrong. */
const stepsPerLife = 1_000;

/** T25: inbox, sync, outbox and leases in a world where time, chance and every fault come from one number. */
export const deterministicLife: LoneRow = {
  id: 'T25',
  what: 'inbox, sync, outbox and leases with a clock and faults from one seed: everything that must hold, at every step',
  long: { steps: 1_000_000 },
  short: { steps: 60_000 },
  async run({ seed, steps }) {
    const figures = { lives: 0, steps: 0, happenings: 0, kills: 0, deadly: 0, events: 0, writes: 0 };
    const began = performance.now();
    for (let next = seed; figures.steps < steps; next += 1) {
      try {
        const life = live(next, stepsPerLife);
        figures.lives += 1;
        for (const [name, count] of Object.entries(life)) figures[name as keyof typeof life] += count;
      } catch (error) {
        if (!(error instanceof Violated)) throw error;
        return { figures, broken: [`${error.message} (again: pnpm chaos --only T25 --seed ${next} --steps 1)`] };
      }
      // Whoever waits for a signal or a timer gets a turn between two lives.
      await new Promise((turn) => setImmediate(turn));
    }
    const microseconds = Math.round((1000 * (performance.now() - began)) / figures.steps);
    return { figures: { ...figures, microsecondsPerStep: microseconds }, broken: limit(figures.events > 0, 'nothing happened at all') };
  },
};
