/** As many requests as the server can take from a fixed number of connections, each asking again as soon as it was answered. */
import type { HttpConnection } from './http-connection.ts';

export type Throughput = { perSecond: number; answered: number; bytesPerAnswer: number };

/** Rejects if any answer is not 200: a refusal is quick, and would count as speed. */
export async function runClosedLoop(
  connections: readonly HttpConnection[],
  requests: readonly string[],
  seconds: number,
): Promise<Throughput> {
  let answered = 0;
  let bytes = 0;
  let next = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    connections.map(async (connection) => {
      const before = connection.bytesReceived;
      for (; performance.now() < end; answered += 1) {
        const status = await connection.exchange(requests[next++ % requests.length] ?? '');
        if (status !== 200) throw new Error(`an answer with status ${status}`);
      }
      bytes += connection.bytesReceived - before;
    }),
  );
  const took = (performance.now() - start) / 1000;
  return { perSecond: answered / took, answered, bytesPerAnswer: Math.round(bytes / Math.max(1, answered)) };
}
