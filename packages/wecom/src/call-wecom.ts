import type { Budget } from './call-budget.ts';
import { guardCalls } from './call-gate.ts';
import type { CallLedger } from './call-ledger.ts';
import { classify, incomplete, WeComError } from './errors.ts';
import { exchange } from './http-exchange.ts';
import { numberOrNull, record, text, type Loose } from './lenient-reading.ts';
import type { CallTerms, Patience } from './patience.ts';
import { redact } from './redaction.ts';
import { backoffMs, maxRetries } from './retry.ts';
import { keepTickets, type Tickets } from './js-tickets.ts';
import type { SecretKind, SecretStore } from './secret-store.ts';
import { shareSecrets, type IssuedSecret } from './shared-secrets.ts';
import { answerFields, wecomPaths, type WireStatus, type WireTicket, type WireToken } from './wire-shapes.ts';

/**
 * One try of one call: `errcode` null = no usable answer, 0 = success. `attempt` counts from 1. `theirTime`: what WeCom's clock says, in whole
 * seconds; null when it does not.
 */
export type CallObservation = { api: string; ms: number; errcode: number | null; attempt: number; theirTime: Date | null };

export type WeComCall = {
  /** Path below the base URL. */
  api: string;
  query?: Record<string, string>;
  /** Sent with POST, as JSON or as a form; GET without. */
  body?: object;
  /** True when doing it twice is as good as once: then passing failures are tried again. */
  repeatable: boolean;
  /** Slots beyond the API's own, one of each, however often it is tried. */
  spends?: readonly { key: string; budget: Budget }[];
};

/** Answers the fields of a successful call; throws WeComError otherwise. */
export type CallWeCom = <Wire>(call: WeComCall) => Promise<Loose<Wire>>;
export type CallOnTerms = <Wire>(call: WeComCall, terms: CallTerms) => Promise<Loose<Wire>>;

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
  onNotAsked?: (error: WeComError) => void;
  ledger: CallLedger;
  budgetOf: (api: string) => Budget | null;
  maxWaitMs: number;
};

type Try = { call: WeComCall; token: string | null; attempt: number; patience: Patience; mayBegin: CallTerms['mayBegin'] };

/** Bytes a millisecond, 0.8 Mbit/s: an uplink that takes longer for a file of 20 MB than these three and a half minutes is taken for one that is gone. */
const slowestUplink = 100;

function bytesOf(form: FormData): number {
  let bytes = 0;
  for (const value of form.values()) bytes += typeof value === 'string' ? value.length : value.size;
  return bytes;
}

/**
 * How every call goes out: when the gate lets it, with the shared token, replayed once when the token died, retried a few times when
 * that is safe.
 */
export function callWeCom(deps: Deps): Tickets & { call: CallOnTerms; accessToken(): Promise<string> } {
  const onNotAsked = (error: WeComError) => deps.onNotAsked?.(error);
  const shared = shareSecrets({ store: deps.secrets, clock: deps.clock, issue, onNotAsked });
  const gate = guardCalls(deps);

  async function once<Wire>({ call, token, attempt, patience, mayBegin }: Try): Promise<Loose<Wire>> {
    const upload = call.body instanceof FormData ? bytesOf(call.body) : null;
    const slow = upload !== null;
    const { outcome, blockedMs } = await gate.pass({ api: call.api, slow, mayBegin }, patience, async () => {
      const started = performance.now();
      const exchanged = await exchange(deps.fetch, address(deps.apiUrl, call, token), request(call), {
        timeoutMs: deps.timeoutMs + Math.ceil((upload ?? 0) / slowestUplink),
        proof: answerFields.get(call.api),
      });
      const ms = performance.now() - started;
      if ('failure' in exchanged) return { errcode: null, silent: exchanged.failure === 'timeout', ms, exchanged };
      return { errcode: numberOrNull(record<WireStatus>(exchanged.answer).errcode) ?? 0, silent: false, ms, exchanged };
    });
    const { errcode, ms, exchanged } = outcome;
    deps.onCall?.({ api: call.api, ms, errcode, attempt, theirTime: exchanged.theirTime ?? null });
    if ('answer' in exchanged && errcode === 0) return record<Wire>(exchanged.answer);
    const said = 'answer' in exchanged ? text(record<WireStatus>(exchanged.answer).errmsg) : exchanged.detail;
    const kind = classify('answer' in exchanged ? (errcode ?? 0) : exchanged.failure);
    const secrets = [deps.secret, token ?? '', ...shared.known()];
    const wait = blockedMs === null ? {} : { retryAfterMs: blockedMs };
    throw new WeComError({ errcode, errmsg: redact(said, secrets), api: call.api, kind, ...wait });
  }

  async function perform<Wire>(call: WeComCall, withToken: boolean, terms: CallTerms): Promise<Loose<Wire>> {
    const { maxWaitMs = deps.maxWaitMs, mayBegin, signal } = terms;
    const patience = { leftMs: maxWaitMs, signal };
    await gate.spend(call.api, call.spends ?? [], patience);
    let token = withToken ? await shared.current('access_token') : null;
    let replayed = false;
    let retries = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once<Wire>({ call, token, attempt, patience, mayBegin });
      } catch (error) {
        if (!(error instanceof WeComError)) throw error;
        if (error.kind === 'token' && token !== null && !replayed) {
          // WeCom refused before doing anything, so this is safe for every call.
          replayed = true;
          token = await shared.replace('access_token', token);
        } else if (isPassing(error, call) && retries < maxRetries) {
          retries += 1;
          await deps.sleep(backoffMs(retries, deps.random()));
        } else if (error.errcode === null || error.retryAfterMs === null || error.retryAfterMs > patience.leftMs) throw error;
        // Otherwise WeCom has blocked the API for no longer than this call may wait: the gate waits.
      }
    }
  }

  async function issue(kind: SecretKind): Promise<IssuedSecret> {
    const repeatable = true;
    if (kind === 'access_token') {
      const query = { corpid: deps.corpId, corpsecret: deps.secret };
      const answer = await perform<WireToken>({ api: wecomPaths.getToken, query, repeatable }, false, {});
      return issued(wecomPaths.getToken, answer.access_token, answer.expires_in);
    }
    const api = kind === 'corp_ticket' ? wecomPaths.corpTicket : wecomPaths.agentTicket;
    const query: Record<string, string> = kind === 'corp_ticket' ? {} : { type: 'agent_config' };
    const answer = await perform<WireTicket>({ api, query, repeatable }, true, {});
    return issued(api, answer.ticket, answer.expires_in);
  }

  return {
    call: (call, terms) => perform(call, true, terms),
    accessToken: () => shared.current('access_token'),
    ...keepTickets({ shared, ledger: deps.ledger, clock: deps.clock }),
  };
}

// 45033 was refused before anything was done. What was not even asked (`retryAfterMs`) will not be better in a second.
function isPassing(error: WeComError, call: WeComCall): boolean {
  return error.kind === 'concurrency' || (error.kind === 'transient' && call.repeatable && error.retryAfterMs === null);
}

function issued(api: string, value: unknown, lifetime: unknown): IssuedSecret {
  if (text(value) === '') throw incomplete(api, 'what was asked for');
  const seconds = numberOrNull(lifetime) ?? 0;
  // One that is over before it was used would be asked for with every call; that it has died in earnest WeCom says by itself.
  return { value: text(value), expiresInSeconds: seconds > 0 ? seconds : 7200 };
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
