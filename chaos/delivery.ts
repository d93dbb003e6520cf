import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { askOnce } from './ask-once.ts';
import type { Chance } from './seeded.ts';

export type Delivery = {
  url: string;
  /** From now on every event is sent this many times in all, at random distances. */
  duplicate(times: number, chance: Chance): void;
  /** Events that the product has not acknowledged yet. */
  waiting(): number;
  acknowledged(): number;
  close(): Promise<void>;
};

/**
 * Stands between the simulated WeCom and the product and brings every event until it was acknowledged: three tries within a second, as WeCom's, are
 * over before a killed process can be back, and this is about events that do arrive.
 */
export async function startDelivery(productUrl: string): Promise<Delivery> {
  let waiting = 0;
  let acknowledged = 0;
  const closing = new AbortController();
  let copies = 1;
  let chance: Chance | null = null;

  async function bring(path: string, body: string): Promise<void> {
    waiting += 1;
    while (!closing.signal.aborted) {
      const { status } = await askOnce(`${productUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body,
        patienceMs: 5_000,
      });
      if (status === 200) break;
      await pause(50);
    }
    waiting -= 1;
    acknowledged += 1;
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.end();
      const body = Buffer.concat(chunks).toString('utf8');
      for (let copy = 0; copy < copies; copy += 1)
        void pause(copy === 0 || chance === null ? 0 : chance.below(1_500)).then(() => bring(request.url ?? '/', body));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    duplicate(times, from) {
      copies = times;
      chance = from;
    },
    waiting: () => waiting,
    acknowledged: () => acknowledged,
    close: () => {
      closing.abort();
      return new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
    },
  };
}
