/** The load generator, in a process of its own: it shares neither the server's event loop nor that of the script which reads the clocks. */
import { runClosedLoop, type Throughput } from './closed-loop.ts';
import { HttpConnection } from './http-connection.ts';
import { arrivals, type Latencies, runOpenLoop } from './open-loop.ts';

export type Target = { port: number; requests: string[] };

export type Order =
  | { kind: 'aim'; name: string; target: Target }
  | { kind: 'closed'; name: string; connections: number; warmUpSeconds: number; seconds: number }
  | { kind: 'open'; name: string; connections: number; perSecond: number; seconds: number; seed: number };

/** `cpuSeconds`: what this process itself used while it measured. */
export type Report = ({ kind: 'closed' } & Throughput) | ({ kind: 'open' } & Latencies) | { kind: 'aimed' };
export type Reply = { report: Report } | { failure: string } | { event: 'measuring' };

const targets = new Map<string, Target>();

async function withConnections<T>(port: number, count: number, work: (connections: HttpConnection[]) => Promise<T>): Promise<T> {
  const connections = await Promise.all(Array.from({ length: count }, () => HttpConnection.open('127.0.0.1', port)));
  try {
    return await work(connections);
  } finally {
    for (const connection of connections) connection.close();
  }
}

async function carryOut(order: Order): Promise<Report> {
  if (order.kind === 'aim') {
    targets.set(order.name, order.target);
    return { kind: 'aimed' };
  }
  const target = targets.get(order.name);
  if (!target) throw new Error(`nobody aimed at ${order.name}`);
  const { port, requests } = target;
  return withConnections(port, order.connections, async (connections) => {
    if (order.kind === 'open') {
      const crowd = arrivals(order.perSecond, order.seconds, order.seed);
      return { kind: 'open', ...(await runOpenLoop({ connections, requests, arrivals: crowd })) };
    }
    await runClosedLoop(connections, requests, order.warmUpSeconds);
    process.send?.({ event: 'measuring' } satisfies Reply);
    return { kind: 'closed', ...(await runClosedLoop(connections, requests, order.seconds)) };
  });
}

process.on('message', (order: Order) => {
  carryOut(order).then(
    (report) => process.send?.({ report } satisfies Reply),
    (error: unknown) => process.send?.({ failure: error instanceof Error ? error.message : String(error) } satisfies Reply),
  );
});
process.once('disconnect', () => process.exit(0));
