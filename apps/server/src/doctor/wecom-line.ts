import { setTimeout as pause } from 'node:timers/promises';
import { createWeCom, memorySecretStore, type SecretRefusal, type WeCom, WeComError } from '@nextline/wecom';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { addressIn } from '../wecom-sync/remember-answers.ts';
import type { Answer } from './findings.ts';

/** Behind a gateway with several addresses the next try leaves by another one. */
const triesPerQuestion = 3;
const answerWithinMs = 4_000;

export type WeComLine = {
  /** Asks for a token with the secret: once, since WeCom bans an address that keeps trying a wrong one. */
  askToken(): Promise<Answer<true>>;
  /** Uses this token from now on and never asks for another. */
  keepTo(token: { value: string; expiresAt: Date }): Promise<void>;
  ask<T>(question: (wecom: WeCom) => Promise<T>): Promise<Answer<T>>;
  refusedAddresses(): string[];
  addressPassed(): boolean;
  clockAheadSeconds(): number | null;
  /** What is known about the secret after all questions; null when WeCom takes it, or says nothing about it. */
  secretRefusal(): Promise<SecretRefusal | null>;
};

/**
 * A line to WeCom of the doctor's own: nothing it breaks reaches the server's. Notices addresses and the time of day on the way. A secret
 * that was `refused` lately is not tried again before its time.
 */
export function openWeComLine(config: Config, clock: Clock, deadline: AbortSignal, refused: SecretRefusal | null): WeComLine {
  const { apiUrl, corpId, agentId, secret } = config.wecom;
  const refusedAddresses = new Set<string>();
  const secrets = memorySecretStore();
  let addressPassed = false;
  let clockAheadSeconds: number | null = null;
  let noToken: { errcode: number; errmsg: string } | null = null;

  const watchedFetch: typeof fetch = async (input, init) => {
    if (noToken && String(input).includes('/cgi-bin/gettoken')) return Response.json(noToken);
    const asked = clock.now().getTime();
    const signal = AbortSignal.any([deadline, ...(init?.signal ? [init.signal] : [])]);
    const response = await fetch(input, { ...init, signal });
    const theirs = Date.parse(response.headers.get('date') ?? '');
    // The header counts whole seconds: on average it is half a second behind.
    if (!Number.isNaN(theirs)) clockAheadSeconds = ((asked + clock.now().getTime()) / 2 - theirs - 500) / 1000;
    return response;
  };
  const wecom = createWeCom({
    apiUrl,
    corpId,
    agentId,
    secret,
    clock,
    secrets,
    fetch: watchedFetch,
    timeoutMs: answerWithinMs,
    sleep: async (ms) => void (await pause(ms, undefined, { signal: deadline }).catch(() => undefined)),
  });

  async function once<T>(question: (wecom: WeCom) => Promise<T>): Promise<Answer<T>> {
    try {
      return { got: await question(wecom) };
    } catch (error) {
      if (!(error instanceof WeComError)) throw error;
      const { errcode, errmsg } = error;
      return errcode === null ? { silent: errmsg } : { refused: errcode, said: errmsg };
    }
  }

  return {
    async askToken() {
      await secrets.noteRefusal(refused);
      const answer = await once((line) => line.accessToken());
      if ('refused' in answer) {
        noToken = { errcode: answer.refused, errmsg: answer.said };
        if (answer.refused === 60020) refusedAddresses.add(addressIn(answer.said));
      }
      return 'got' in answer ? { got: true } : answer;
    },
    keepTo: (token) => secrets.put('access_token', token),
    async ask(question) {
      for (let attempt = 1; ; attempt += 1) {
        if (deadline.aborted) return { notAsked: 'out_of_time' };
        const answer = await once(question);
        if (deadline.aborted && 'silent' in answer) return { notAsked: 'out_of_time' };
        if (!('refused' in answer) || answer.refused !== 60020) {
          // Whoever is told about the token has not come as far as the check of addresses.
          if ('got' in answer || ('refused' in answer && ![40001, 40013, 40014, 42001].includes(answer.refused))) addressPassed = true;
          return answer;
        }
        refusedAddresses.add(addressIn(answer.said));
        if (attempt === triesPerQuestion) return answer;
      }
    },
    refusedAddresses: () => [...refusedAddresses],
    addressPassed: () => addressPassed,
    clockAheadSeconds: () => clockAheadSeconds,
    secretRefusal: () => secrets.refusal(),
  };
}
