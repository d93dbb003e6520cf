import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { urlOfCorp } from '../database.ts';
import type { Deps } from '../feature.ts';
import { forgetScriptCatalogue } from './script-catalogue.ts';
import { libraryChannel } from './scripts.store.ts';

export type LibraryChanges = {
  /** Calls when guides may have something new to see, until the answer is called. The first listener opens the connection. */
  join(onChange: () => void): () => void;
  stop(): Promise<void>;
};

const againAfterMs = 1_000;

/**
 * Hears of every publishing of this corp, by whichever process, over one connection of its own that is opened again when it breaks. What may have
 * been missed meanwhile counts as a change: a page that asks in vain gets a 304.
 */
export function libraryChanges(deps: Pick<Deps, 'db' | 'clock' | 'log' | 'config'>): LibraryChanges {
  const { config, log } = deps;
  const { corpId } = config.wecom;
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  let listening: Promise<void> | null = null;

  function tell(): void {
    forgetScriptCatalogue(deps);
    for (const onChange of listeners) onChange();
  }

  async function listenOnce(): Promise<void> {
    const client = new pg.Client({
      connectionString: urlOfCorp(config.databaseUrl, corpId, config.sessionKey),
      connectionTimeoutMillis: 5_000,
      application_name: 'nextline library',
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
        if (payload === corpId) tell();
      });
      await client.query(`LISTEN ${libraryChannel}`);
      tell();
      await broken;
    } catch (error) {
      log.debug({ err: error }, 'not listening for the library just now');
    }
    await client.end().catch(() => undefined);
  }

  async function listen(): Promise<void> {
    while (!stopping.signal.aborted) {
      await listenOnce();
      await pause(againAfterMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  return {
    join(onChange) {
      listeners.add(onChange);
      listening ??= listen();
      return () => void listeners.delete(onChange);
    },
    async stop() {
      stopping.abort();
      listeners.clear();
      await listening;
    },
  };
}
