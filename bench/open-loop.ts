/**
 * Load that does not wait for the server: every request has its time of arrival before the run begins, and its latency counts from that
 * time. A client that waits for the last answer before it asks again would stop asking just when the server is slow, and its p99 would never see it.
 */
import type { HttpConnection } from './http-connection.ts';
import { percentile, seededRandom } from './ratio.ts';

/** Arrivals of a Poisson process, in ms from the start. The seed is the same for both arms: they get the same crowd at the same moments. */
export function arrivals(perSecond: number, seconds: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const times: number[] = [];
  for (let at = -Math.log(1 - random()) / perSecond; at < seconds; at -= Math.log(1 - random()) / perSecond) times.push(at * 1000);
  return Float64Array.from(times);
}

export type Latencies = { answered: number; p50: number; p99: number; max: number; bytesPerAnswer: number };

type Options = {
  connections: readonly HttpConnection[];
  /** Sent in turn. */
  requests: readonly string[];
  arrivals: Float64Array;
  /** After the last arrival, how long stragglers may take before the run counts as failed. */
  graceMs?: number;
};

/** The longest the loop sleeps at a stretch. Node's timers are good to a millisecond, which is as long as an answer takes. */
const napMs = 0.2;
const napOn = new Int32Array(new SharedArrayBuffer(4));

/** Sends every request at its time, or as soon after it as a connection is free. Rejects if an answer is not 200 or never comes. */
export async function runOpenLoop({ connections, requests, arrivals, graceMs = 5_000 }: Options): Promise<Latencies> {
  const free = [...connections];
  const latencies = new Float64Array(arrivals.length);
  let answered = 0;
  let failure: Error | null = null;
  const bytesBefore = connections.reduce((sum, connection) => sum + connection.bytesReceived, 0);
  const start = performance.now();

  const send = async (n: number, connection: HttpConnection): Promise<void> => {
    try {
      const status = await connection.exchange(requests[n % requests.length] ?? '');
      if (status !== 200) failure ??= new Error(`an answer with status ${status}`);
      latencies[answered] = performance.now() - start - (arrivals[n] ?? 0);
      answered += 1;
      free.push(connection);
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
    }
  };

  const deadline = (arrivals.at(-1) ?? 0) + graceMs;
  for (let next = 0; answered < arrivals.length;) {
    if (failure) throw failure;
    const now = performance.now() - start;
    if (now > deadline) throw new Error(`${arrivals.length - answered} of ${arrivals.length} requests were not answered in time`);
    while (next < arrivals.length && (arrivals[next] ?? 0) <= now) {
      const connection = free.pop();
      if (!connection) break;
      void send(next, connection);
      next += 1;
    }
    await new Promise<void>((turn) => setImmediate(turn));
    const wait = (free.length === 0 ? napMs : (arrivals[next] ?? Infinity)) - (performance.now() - start);
    Atomics.wait(napOn, 0, 0, Math.min(napMs, Math.max(0.02, wait)));
  }
  const sorted = latencies.sort();
  const bytes = connections.reduce((sum, connection) => sum + connection.bytesReceived, 0) - bytesBefore;
  return {
    answered,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    max: sorted.at(-1) ?? Number.NaN,
    bytesPerAnswer: Math.round(bytes / Math.max(1, answered)),
  };
}
