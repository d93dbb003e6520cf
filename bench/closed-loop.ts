/** As many requests as the server can take from a fixed number of connections, each asking again as soon as it was answered. */
import type { HttpConnection } from './http-connection.ts';
import { percentile } from './ratio.ts';

/** `p99` in milliseconds, from the request to its answer: with so many connections at full speed, most of it is waiting for one's turn. */
export type Throughput = { perSecond: number; answered: number; bytesPerAnswer: number; p99: number };

/** Rejects if any answer is not 200: a refusal is quick, and would count as speed. */
export async function runClosedLoop(
  connections: readonly HttpConnection[],
  requests: readonly string[],
  seconds: number,
): Promise<Throughput> {
  const latencies: number[] = [];
  let bytes = 0;
  let next = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    connections.map(async (connection) => {
      const before = connection.bytesReceived;
      for (let asked = performance.now(); asked < end;) {
        const status = await connection.exchange(requests[next++ % requests.length] ?? '');
        if (status !== 200) throw new Error(`an answer with status ${status}`);
        const now = performance.now();
        latencies.push(now - asked);
        asked = now;
      }
      bytes += connection.bytesReceived - before;
    }),
  );
  const took = (performance.now() - start) / 1000;
  const answered = latencies.length;
  const p99 = percentile(Float64Array.from(latencies).sort(), 0.99);
  return { perSecond: answered / took, answered, bytesPerAnswer: Math.round(bytes / Math.max(1, answered)), p99 };
}
