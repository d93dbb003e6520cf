import { agentCalls } from './agent-calls.ts';
import { publishedBudget, type Budget } from './call-budget.ts';
import { memoryCallLedger, type CallLedger } from './call-ledger.ts';
import { type CallObservation, type CallWeCom, callWeCom } from './call-wecom.ts';
import { customerCalls } from './customer-calls.ts';
import type { WeComError } from './errors.ts';
import { messageCalls } from './message-calls.ts';
import type { CallTerms } from './patience.ts';
import type { SecretStore } from './secret-store.ts';
import { staffCalls } from './staff-calls.ts';
import { tagCalls } from './tag-calls.ts';
import type { WeCom } from './wecom.ts';

export type WeComSettings = {
  /** `https://qyapi.weixin.qq.com` or the simulator, without a slash at the end. */
  apiUrl: string;
  corpId: string;
  secret: string;
  agentId: string | number;
  secrets: SecretStore;
  clock: { now(): Date };
  fetch?: typeof fetch;
  /** Milliseconds for one try, from connecting to the last byte. Default 10 000. */
  timeoutMs?: number;
  sleep?: (ms: number) => Promise<void>;
  /** In [0, 1): spreads retries. */
  random?: () => number;
  onCall?: (observation: CallObservation) => void;
  /** WeCom refused corp id or secret before, to this process or to another, and so it was not asked again. */
  onNotAsked?: (error: WeComError) => void;
  /** Shared by all processes of the corp. Default: this client's own, which is right for a single process. */
  ledger?: CallLedger;
  /** The budget of an API path, null = none. Default: what WeCom publishes; less when other systems of the corp call WeCom as well. */
  budgetOf?: (api: string) => Budget | null;
  /** Milliseconds for which a call waits in all for a free slot before it fails with kind `rate`. Default 10 000. */
  maxWaitMs?: number;
};

/** Talks to WeCom for one app of one corp. */
export function createWeCom(settings: WeComSettings): WeCom {
  const { call, ...secrets } = callWeCom({
    ...settings,
    // Looked up with the first call: Node loads its own fetch then, which no start should wait for.
    fetch: settings.fetch ?? ((input, init) => fetch(input, init)),
    timeoutMs: settings.timeoutMs ?? 10_000,
    sleep: settings.sleep ?? ((ms) => new Promise((wake) => setTimeout(wake, ms))),
    random: settings.random ?? Math.random,
    ledger: settings.ledger ?? memoryCallLedger(settings.clock),
    budgetOf: settings.budgetOf ?? publishedBudget,
    maxWaitMs: settings.maxWaitMs ?? 10_000,
  });
  function onTerms(terms: CallTerms): WeCom {
    const agreed: CallWeCom = (one) => call(one, terms);
    return {
      ...secrets,
      ...agentCalls(agreed, String(settings.agentId)),
      ...staffCalls(agreed),
      ...customerCalls(agreed),
      ...tagCalls(agreed),
      ...messageCalls(agreed, Number(settings.agentId)),
      onTerms: (more) => onTerms({ ...terms, ...more }),
    };
  }
  return onTerms({});
}
