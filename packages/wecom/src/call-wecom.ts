import { classify, WeComError } from './errors.ts';
import { exchange } from './http-exchange.ts';
import { numberOrNull, record, text, type Loose } from './lenient-reading.ts';
import { redact } from './redaction.ts';
import { backoffMs, maxRetries } from './retry.ts';
import type { SecretKind, SecretStore } from './secret-store.ts';
import { shareSecrets, type IssuedSecret } from './shared-secrets.ts';
import { wecomPaths, type WireStatus, type WireTicket, type WireToken } from './wire-shapes.ts';

/** One try of one call: `errcode` null = no usable answer, 0 = success. `attempt` counts from 1. */
export type CallObservation = { api: string; ms: number; errcode: number | null; attempt: number };

export type WeComCall = {
  /** Path below the base URL. */
  api: string;
  query?: Record<string, string>;
  /** Sent with POST, as JSON or as a form; GET without. */
  body?: object;
  /** True when doing it twice is as good as once: then passing failures are tried again. */
  repeatable: boolean;
};

/** Answers the fields of a successful call; throws WeComError otherwise. */
export type CallWeCom = <Wire>(call: WeComCall) => Promise<Loose<Wire>>;

type Deps = {
  apiUrl: string;
  corpId: string;
  secret: string;
  secrets: SecretStore;
  clock: { now(): Date };
  fetch: typeof fetch;
  timeoutMs: number;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
  onCall?: (observation: CallObservation) => void;
};

/** How every call goes out: with the shared token, replayed once when the token died, retried a few times when that is safe. */
export function callWeCom(deps: Deps): {
  call: CallWeCom;
  accessToken(): Promise<string>;
  jsTicket(of: 'corp' | 'agent'): Promise<string>;
} {
  const shared = shareSecrets({ store: deps.secrets, clock: deps.clock, issue });

  async function once<Wire>(call: WeComCall, token: string | null, attempt: number): Promise<Loose<Wire>> {
    const started = performance.now();
    const outcome = await exchange(deps.fetch, address(deps.apiUrl, call, token), request(call), deps.timeoutMs);
    const errcode = 'answer' in outcome ? (numberOrNull(record<WireStatus>(outcome.answer).errcode) ?? 0) : null;
    deps.onCall?.({ api: call.api, ms: performance.now() - started, errcode, attempt });
    if ('answer' in outcome && errcode === 0) return record<Wire>(outcome.answer);
    const said = 'answer' in outcome ? text(record<WireStatus>(outcome.answer).errmsg) : outcome.detail;
    const kind = classify('answer' in outcome ? (errcode ?? 0) : outcome.failure);
    const secrets = [deps.secret, token ?? '', ...shared.known()];
    throw new WeComError({ errcode, errmsg: redact(said, secrets), api: call.api, kind });
  }

  async function perform<Wire>(call: WeComCall, withToken: boolean): Promise<Loose<Wire>> {
    let token = withToken ? await shared.current('access_token') : null;
    let replayed = false;
    let retries = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once<Wire>(call, token, attempt);
      } catch (error) {
        if (!(error instanceof WeComError)) throw error;
        if (error.kind === 'token' && token !== null && !replayed) {
          // WeCom refused before doing anything, so this is safe for every call.
          replayed = true;
          token = await shared.replace('access_token', token);
        } else if (error.kind === 'transient' && call.repeatable && retries < maxRetries) {
          retries += 1;
          await deps.sleep(backoffMs(retries, deps.random()));
        } else throw error;
      }
    }
  }

  async function issue(kind: SecretKind): Promise<IssuedSecret> {
    const repeatable = true;
    if (kind === 'access_token') {
      const query = { corpid: deps.corpId, corpsecret: deps.secret };
      const answer = await perform<WireToken>({ api: wecomPaths.getToken, query, repeatable }, false);
      return issued(wecomPaths.getToken, answer.access_token, answer.expires_in);
    }
    const api = kind === 'corp_ticket' ? wecomPaths.corpTicket : wecomPaths.agentTicket;
    const query: Record<string, string> = kind === 'corp_ticket' ? {} : { type: 'agent_config' };
    const answer = await perform<WireTicket>({ api, query, repeatable }, true);
    return issued(api, answer.ticket, answer.expires_in);
  }

  return {
    call: (call) => perform(call, true),
    accessToken: () => shared.current('access_token'),
    jsTicket: (of) => shared.current(of === 'corp' ? 'corp_ticket' : 'agent_ticket'),
  };
}

function issued(api: string, value: unknown, lifetime: unknown): IssuedSecret {
  if (text(value) === '') throw new WeComError({ errcode: null, errmsg: 'the answer lacks what was asked for', api, kind: 'transient' });
  return { value: text(value), expiresInSeconds: numberOrNull(lifetime) ?? 7200 };
}

function address(apiUrl: string, call: WeComCall, token: string | null): URL {
  const url = new URL(`${apiUrl}${call.api}`);
  if (token !== null) url.searchParams.set('access_token', token);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  return url;
}

function request(call: WeComCall): RequestInit {
  if (call.body === undefined) return { method: 'GET' };
  if (call.body instanceof FormData) return { method: 'POST', body: call.body };
  return { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(call.body) };
}
