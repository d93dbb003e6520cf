import { sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from './clock.ts';
import type { Queryable } from './database.ts';

/** `wallAt`: what the machine's own clock showed then. */
type Measure = { at: number; measuredAt: number; wallAt: number; tookMs: number };

type Deps = { db: Pick<Queryable, 'execute'>; log: Pick<FastifyBaseLogger, 'warn'> };

const measureEveryMs = 60_000;
/** An answer that took longer says too little about the time. */
const slowMs = 1_000;
/** By so much the clock on the wall and the stopwatch may come to differ in a minute of work. Beyond it the machine slept, or somebody set its clock. */
const sleptMs = 2_000;
/** From here on somebody should look at the machine: certificates and log lines go by its own clock. */
const tellFromMs = 60_000;

/**
 * The database's time, the same in every process whatever their machines' clocks say: nothing is sent twice and no day is skipped because one
 * of them is wrong. Asked now and then, counted on by a stopwatch in between and while the database is away.
 */
export async function openDatabaseClock({ db, log }: Deps): Promise<Clock & { stop(): void }> {
  let told = false;

  async function measure(): Promise<Measure> {
    const asked = performance.now();
    const { rows } = await db.execute<{ at: number }>(sql`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at`);
    const measuredAt = performance.now();
    const tookMs = measuredAt - asked;
    const wallAt = Date.now();
    return { at: (rows[0]?.at ?? wallAt) + tookMs / 2, measuredAt, wallAt, tookMs };
  }

  function tell(at: number): void {
    const aheadMs = Math.round(Date.now() - at);
    if (Math.abs(aheadMs) > tellFromMs && !told)
      log.warn({ aheadMs }, "this machine's clock differs from the database's, whose time is used: set it right");
    told = Math.abs(aheadMs) > tellFromMs;
  }

  let known = await measure();
  tell(known.at);
  async function measureAgain(): Promise<void> {
    const next = await measure();
    if (next.tookMs < slowMs) known = next;
    tell(next.at);
  }
  let asking = false;
  function ask(): void {
    if (asking) return;
    asking = true;
    // When the database is away the stopwatch goes on alone.
    void measureAgain()
      .catch(() => undefined)
      .finally(() => (asking = false));
  }
  const timer = setInterval(ask, measureEveryMs);
  timer.unref();

  return {
    now() {
      const passed = performance.now() - known.measuredAt;
      // The stopwatch stands still while a machine sleeps: nobody works on for a minute by the time at which it fell asleep.
      if (Math.abs(Date.now() - known.wallAt - passed) > sleptMs) ask();
      return new Date(known.at + passed);
    },
    stop: () => clearInterval(timer),
  };
}
