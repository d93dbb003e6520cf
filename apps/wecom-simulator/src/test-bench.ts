import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createCallbackCrypto } from '@nextline/wecom';
import { startSimulator, type RunningSimulator } from './index.ts';

/** A product for tests: keeps the callbacks it was sent, decrypted, and answers every other request with `page`. */
export interface TestProduct {
  url: string;
  /** Decrypted XML of every delivery, in the order of arrival. */
  received: string[];
  /** Status of the next answers to callbacks; 200 by default. */
  answerWith: { status: number };
  page: { headers: Record<string, string>; body: string };
  /** Who the last page was asked for by. */
  askedAs: { userAgent: string };
  close(): Promise<void>;
}

export interface TestBench {
  sim: RunningSimulator;
  product: TestProduct;
  /** A call of the server API with a valid token. */
  api(path: string, options?: { query?: Record<string, string>; body?: unknown }): Promise<Record<string, unknown>>;
  /** A valid access token. */
  token(): Promise<string>;
  /** A call of the control API. */
  control(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  close(): Promise<void>;
}

/** A simulator and a product beside it, on free ports. */
export async function startTestBench(): Promise<TestBench> {
  const world: { current: RunningSimulator | null } = { current: null };
  const product = await startProduct(() => world.current);
  const sim = await startSimulator({ port: 0, webviewPort: 0, productUrl: product.url, callbackUrl: `${product.url}/wecom/callback` });
  world.current = sim;
  const token = async (): Promise<string> => {
    const { corp, app } = sim.world;
    const query = new URLSearchParams({ corpid: corp.corpId, corpsecret: app.secret });
    return String((await json(await fetch(`${sim.url}/cgi-bin/gettoken?${query.toString()}`)))['access_token']);
  };
  return {
    sim,
    product,
    token,
    async api(path, { query = {}, body } = {}) {
      const search = new URLSearchParams({ access_token: query['access_token'] ?? (await token()), ...query });
      const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      return json(await fetch(`${sim.url}/cgi-bin/${path}?${search.toString()}`, sent));
    },
    async control(method, path, body) {
      const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const answer = await fetch(`${sim.url}/_sim/${path}`, { method, ...sent });
      return { status: answer.status, body: await json(answer) };
    },
    async close() {
      await sim.close();
      await product.close();
    },
  };
}

async function json(answer: Response): Promise<Record<string, unknown>> {
  const body: unknown = await answer.json();
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** Waits until something holds, for at most 3 s. */
export async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 3_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error('it did not come true within 3 s');
    await new Promise((wake) => setTimeout(wake, 5));
  }
}

async function startProduct(simulator: () => RunningSimulator | null): Promise<TestProduct> {
  const received: string[] = [];
  const answerWith = { status: 200 };
  const askedAs = { userAgent: '' };
  const page = { headers: {}, body: '<!doctype html><html><head><title>page</title></head><body></body></html>' };
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString();
    const sim = simulator();
    if (!sim || !request.url?.startsWith('/wecom/callback')) {
      askedAs.userAgent = request.headers['user-agent'] ?? '';
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.body);
      return;
    }
    const { callback, corp } = sim.world;
    const crypto = createCallbackCrypto({ token: callback.token, encodingAesKey: callback.aesKey, receiveId: corp.corpId });
    const query = new URL(request.url, 'http://product').searchParams;
    const encrypted = query.get('echostr') ?? /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? '';
    const signature = {
      signature: query.get('msg_signature') ?? '',
      timestamp: query.get('timestamp') ?? '',
      nonce: query.get('nonce') ?? '',
    };
    if (!crypto.verifySignature({ ...signature, encrypted })) {
      response.writeHead(403).end();
      return;
    }
    if (request.method === 'GET') {
      response.writeHead(200).end(crypto.decrypt(encrypted));
      return;
    }
    received.push(crypto.decrypt(encrypted));
    response.writeHead(answerWith.status).end();
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    answerWith,
    page,
    askedAs,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
