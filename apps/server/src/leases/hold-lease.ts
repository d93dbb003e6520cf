import { hostname } from 'node:os';
import type { FastifyBaseLogger } from 'fastify';
import type { Database, Queryable } from '../database.ts';
import { type Lease, lockLease, releaseLease, renewLease, takeLease } from './leases.store.ts';
import { startStopwatch } from './stopwatch.ts';

/** Somebody else does this work now: what was read here belongs to the past and is given up. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export type Held = {
  /** Aborts when the lease is lost or the caller stops: begin nothing more. */
  signal: AbortSignal;
  /**
   * First line of every transaction of this work. Throws LeaseLost when somebody else has taken over; otherwise nobody can before the
   * transaction ends, so a worker that slept through its lease writes nothing.
   */
  holdFast(tx: Queryable): Promise<void>;
  /** For what no transaction can undo (a call to WeCom): false once the lease may have run out, even if we slept meanwhile. */
  mayBegin(): boolean;
};

type LeaseDeps = { db: Database; log: Pick<FastifyBaseLogger, 'warn'> };

type Options = {
  corpId: string;
  /** One holder per name and corp. */
  name: string;
  /** The caller's own reason to stop. */
  signal?: AbortSignal;
  /** A process that dies gives it back after this time. With a transaction that hangs (30 s, the role's limit) another can begin within 60 s. */
  forMs?: number;
};

const holder = `${hostname()} ${process.pid}`;

/**
 * Does work that one process of the corp at a time may do. The lease lives in Postgres and by its clock, is renewed while the work goes on
 * and given back at its end. Answers `null`, without having begun, while somebody else holds it. Rejects as the work does.
 *
 *     const result = await whileHolding(deps, { corpId, name: 'full sync', signal }, async (held) => {
 *       const page = await deps.wecom.customersOfStaff(…);             // outside: ask held.mayBegin() before a write
 *       await deps.db.transaction(async (tx) => {
 *         await held.holdFast(tx);
 *         …store…
 *       });
 *     });
 */
export async function whileHolding<T>(
  { db, log }: LeaseDeps,
  { corpId, name, signal, forMs = 30_000 }: Options,
  work: (held: Held) => Promise<T>,
): Promise<{ result: T } | null> {
  let stopwatch = startStopwatch();
  const lease = await takeLease(db, { corpId, name, holder, forMs });
  if (lease === null) return null;
  const lost = new AbortController();

  async function renew(held: Lease): Promise<void> {
    const asked = startStopwatch();
    try {
      if (await renewLease(db, held, forMs)) stopwatch = asked;
      else lost.abort(new LeaseLost(`${name}: another process has taken over`));
    } catch (error) {
      log.warn({ err: error, lease: name }, 'a lease could not be renewed; it is tried again');
    }
  }
  // Not one renewal on top of another when the database is slow.
  let renewing: Promise<void> | null = null;
  const heart = setInterval(() => {
    renewing ??= renew(lease).finally(() => (renewing = null));
  }, forMs / 3);

  try {
    const result = await work({
      signal: signal ? AbortSignal.any([signal, lost.signal]) : lost.signal,
      mayBegin: () => !lost.signal.aborted && stopwatch.elapsedMs() < forMs,
      async holdFast(tx) {
        if (!(await lockLease(tx, lease))) throw new LeaseLost(`${name}: another process has taken over`);
      },
    });
    return { result };
  } finally {
    clearInterval(heart);
    await renewing;
    // When the database is away the lease runs out by itself.
    await releaseLease(db, lease).catch(() => undefined);
  }
}
