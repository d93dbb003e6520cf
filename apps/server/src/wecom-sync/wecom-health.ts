import type { CallObservation } from '@nextline/wecom';
import type { Clock } from '../clock.ts';

export type WeComHealth = {
  /** False while the latest call got no usable answer, or our secret or address is refused. */
  reachable(): boolean;
  /** Errcode or `no answer` of the latest failure; null when all is well. */
  lastError(): { api: string; what: string; at: Date } | null;
  /** Milliseconds since WeCom was last asked anything; Infinity before the first call. */
  silentForMs(): number;
  observe(call: CallObservation): void;
};

/** Wrong corp id, wrong secret, address not allowed: every call will be refused until somebody changes a setting. */
const refusesEverything = new Set([40001, 40013, 60020]);

/** What this process learned from its own calls; nothing is asked for it. */
export function createWeComHealth(clock: Clock): WeComHealth {
  let lastCallAt: Date | null = null;
  let failure: { api: string; what: string; at: Date } | null = null;
  return {
    reachable: () => failure === null,
    lastError: () => failure,
    silentForMs: () => (lastCallAt === null ? Infinity : clock.now().getTime() - lastCallAt.getTime()),
    observe({ api, errcode }) {
      lastCallAt = clock.now();
      if (errcode === null || refusesEverything.has(errcode))
        failure = { api, what: errcode === null ? 'no answer' : `${errcode}`, at: lastCallAt };
      else failure = null;
    },
  };
}
