import type { CallObservation, WeComError } from '@nextline/wecom';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock.ts';

/** `errcode` null: no answer. `sentence` says what to do. */
export type WeComFailure = { api: string; errcode: number | null; sentence: string; at: Date };

export type WeComHealth = {
  /** False while the latest call got no usable answer, or our secret or address is refused. */
  reachable(): boolean;
  /** Null when all is well. */
  lastError(): WeComFailure | null;
  /** Milliseconds since WeCom was last asked anything; Infinity before the first call. */
  silentForMs(): number;
  /**
   * The later of our time and WeCom's: by it something that WeCom keeps for so long (a file) is surely near its end. WeCom's clock as this
   * process last heard it, when it differs by more than its answers take.
   */
  latestTime(): Date;
  /** The earlier of the two: by it something that WeCom stamped is surely no older than it looks. */
  earliestTime(): Date;
  observe(call: CallObservation): void;
  /** WeCom refused corp id or secret before, perhaps to another process, and is left alone for a while. */
  observeRefusal(refused: WeComError): void;
};

/** Every call will be refused until somebody changes a setting. */
const refusesEverything = new Map([
  [40001, 'WeCom refuses WECOM_SECRET: copy it again from the console, 应用管理 → the app → Secret'],
  [40091, 'WeCom refuses WECOM_SECRET: copy it again from the console, 应用管理 → the app → Secret'],
  [40013, 'WeCom does not know WECOM_CORP_ID: copy it again from the console, 我的企业 → 企业信息'],
  [60020, 'WeCom does not let this address in: add it to the app under 企业可信IP'],
]);

/** Whatever the code: without a token nothing can be asked. */
const refusesToken = 'WeCom gives no token: compare WECOM_CORP_ID and WECOM_SECRET with the console';

/** A token that has died proves nothing: what comes of asking for another one will. */
const deadToken = new Set<number | null>([40014, 42001]);

/** WeCom's answers say the time in whole seconds, and some travel for several. */
const worthNoticingMs = 30_000;

const sentenceFor = (errcode: number | null) => (errcode === null ? 'WeCom does not answer' : refusesEverything.get(errcode));

/** What this process learned from its own calls; nothing is asked for it. Says so in the log when it changes. */
export function createWeComHealth(clock: Clock, log: Pick<FastifyBaseLogger, 'info' | 'warn'>): WeComHealth {
  let lastCallAt: Date | null = null;
  let failure: WeComFailure | null = null;
  let aheadMs = 0;
  function note(api: string, errcode: number | null, sentence: string | undefined): void {
    lastCallAt = clock.now();
    if (sentence !== undefined && failure?.sentence !== sentence)
      log.warn({ api, errcode }, `${sentence}. What is in our own store is served meanwhile.`);
    if (sentence === undefined && failure !== null) log.info('WeCom answers again');
    failure = sentence === undefined ? null : { api, errcode, sentence, at: lastCallAt };
  }
  return {
    reachable: () => failure === null,
    lastError: () => failure,
    silentForMs: () => (lastCallAt === null ? Infinity : clock.now().getTime() - lastCallAt.getTime()),
    latestTime: () => new Date(clock.now().getTime() + Math.max(0, aheadMs)),
    earliestTime: () => new Date(clock.now().getTime() + Math.min(0, aheadMs)),
    observe({ api, errcode, theirTime }) {
      const refused = failure !== null && failure.errcode !== null;
      if (!(refused && deadToken.has(errcode))) note(api, errcode, sentenceFor(errcode));
      if (theirTime === null) return;
      const ahead = theirTime.getTime() - clock.now().getTime();
      aheadMs = Math.abs(ahead) > worthNoticingMs ? ahead : 0;
    },
    observeRefusal: ({ api, errcode }) => note(api, errcode, sentenceFor(errcode) ?? refusesToken),
  };
}
