import { agentCalls } from './agent-calls.ts';
import { callWeCom, type CallObservation } from './call-wecom.ts';
import { customerCalls } from './customer-calls.ts';
import { messageCalls } from './message-calls.ts';
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
};

/** Talks to WeCom for one app of one corp. */
export function createWeCom(settings: WeComSettings): WeCom {
  const { call, accessToken, jsTicket } = callWeCom({
    ...settings,
    fetch: settings.fetch ?? fetch,
    timeoutMs: settings.timeoutMs ?? 10_000,
    sleep: settings.sleep ?? ((ms) => new Promise((wake) => setTimeout(wake, ms))),
    random: settings.random ?? Math.random,
  });
  return {
    accessToken,
    jsTicket,
    ...agentCalls(call, String(settings.agentId)),
    ...staffCalls(call),
    ...customerCalls(call),
    ...tagCalls(call),
    ...messageCalls(call, Number(settings.agentId)),
  };
}
