import { createServer, type ServerResponse } from 'node:http';
import { createWeCom, type WeComSettings } from './client.ts';
import type { WeCom } from './wecom.ts';
import { memorySecretStore, type SecretStore } from './secret-store.ts';
import { wecomPaths } from './wire-shapes.ts';

/** One request as it arrived. `body` is text; a JSON body is read with `JSON.parse`. */
export type Asked = { method: string; path: string; query: Record<string, string>; contentType: string; body: string };

/** JSON, a raw answer, silence until the client gives up, a first half without the second, or a cut connection. */
export type Answer = object | { raw: string; status?: number; contentType?: string } | 'silence' | 'half' | 'cut';

export type Loopback = {
  url: string;
  /** Everything asked so far, oldest first. */
  asked: Asked[];
  /** How often a path was asked. */
  times(path: string): number;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** An HTTP server on the loopback interface for tests that need WeCom's very words. Tokens are handed out as token-1, token-2 …; the rest is up to the test. */
export async function loopbackWeCom(answer: (asked: Asked, nth: number) => Answer | Promise<Answer>): Promise<Loopback> {
  const asked: Asked[] = [];
  const times = (path: string) => asked.filter((one) => one.path === path).length;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://loopback');
      const one = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        contentType: request.headers['content-type'] ?? '',
        body: Buffer.concat(chunks).toString('utf8'),
      };
      asked.push(one);
      const nth = times(one.path);
      void Promise.resolve(answer(one, nth)).then((said) =>
        reply(response, one.path === wecomPaths.getToken ? tokenAnswer(said, nth) : said),
      );
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, asked, times, close, [Symbol.asyncDispose]: close };
}

// A test that has nothing to say about tokens answers `{}`.
function tokenAnswer(said: Answer, nth: number): Answer {
  if (typeof said === 'string' || Object.keys(said).length > 0) return said;
  return { errcode: 0, errmsg: 'ok', access_token: `token-${nth}`, expires_in: 7200 };
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'silence') return;
  if (answer === 'cut') {
    response.destroy();
    return;
  }
  if (answer === 'half') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"errcode":0,');
    return;
  }
  if ('raw' in answer) {
    response.writeHead(answer.status ?? 200, { 'content-type': answer.contentType ?? 'application/json' }).end(answer.raw);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(answer));
}

export const ok = { errcode: 0, errmsg: 'ok' };

/** A server that gives the answers of the documentation, by path; the last one of a list repeats. */
export function documented(answers: Record<string, Answer | Answer[]>): Promise<Loopback> {
  return loopbackWeCom((asked, nth) => {
    const said = answers[asked.path] ?? {};
    return Array.isArray(said) ? (said[Math.min(nth, said.length) - 1] ?? {}) : said;
  });
}

/** The JSON bodies that came in for a path, in order. */
export function bodiesTo(loopback: Loopback, path: string): unknown[] {
  return loopback.asked.filter((one) => one.path === path).map((one) => JSON.parse(one.body));
}

export const testSecret = 'the-corp-secret';

/** A client for the loopback server: sleeps are noted instead of slept, the clock stands until the test moves it. */
export function connect(loopback: Loopback, settings: Partial<WeComSettings> = {}) {
  const slept: number[] = [];
  const time = { now: new Date('2026-06-09T06:00:00Z') };
  const memory = memorySecretStore();
  const store: SecretStore = settings.secrets ?? memory;
  const wecom: WeCom = createWeCom({
    apiUrl: loopback.url,
    corpId: 'wwCORP',
    secret: testSecret,
    agentId: '1000002',
    secrets: store,
    clock: { now: () => time.now },
    sleep: async (ms) => void slept.push(ms),
    random: () => 0.5,
    ...settings,
  });
  return { wecom, slept, time, store, put: memory.put };
}
