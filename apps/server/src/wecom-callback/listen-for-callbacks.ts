import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';
import { inboxChannel, urgentOf } from './inbox.store.ts';

/**
 * Calls `onArrival` when a process has kept callbacks of this corp, and says whether one may be urgent. Over a connection of its own, which is opened again when it breaks; an
 * arrival that is missed meanwhile is found by looking.
 */
export function listenForCallbacks(options: {
  url: string;
  corpId: string;
  onArrival: (urgent: boolean) => void;
  log: FastifyBaseLogger;
}): {
  stop(): Promise<void>;
} {
  const { url, corpId, onArrival, log } = options;
  const stopping = new AbortController();

  const listenOnce = async () => {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      application_name: 'nextline listen',
      keepAlive: true,
    });
    const broken = new Promise<void>((done) => {
      client.once('end', () => done());
      // One break may be told twice, and what nobody listens to ends the process.
      client.on('error', () => done());
      stopping.signal.addEventListener('abort', () => done(), { once: true });
    });
    try {
      await client.connect();
      client.on('notification', ({ payload }) => {
        if (payload === corpId || payload === urgentOf(corpId)) onArrival(payload !== corpId);
      });
      await client.query(`LISTEN ${inboxChannel}`);
      onArrival(true);
      await broken;
    } catch (error) {
      log.debug({ err: error }, 'not listening for callbacks just now');
    }
    await client.end().catch(() => undefined);
  };

  const listening = (async () => {
    while (!stopping.signal.aborted) {
      await listenOnce();
      await pause(1000, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await listening;
    },
  };
}
