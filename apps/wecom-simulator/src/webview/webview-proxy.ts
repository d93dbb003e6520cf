import { createServer, request as requestUpstream, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../faults.ts';
import type { Simulator } from '../simulator.ts';
import { bridgeScript, userAgents, userAgentScript } from './bridge-shim.ts';
import { injectFirst, relaxPolicy } from './page-rewrite.ts';
import { enterAs } from './enter.ts';

/**
 * The product as a WeCom client shows it: everything goes through to the product, pages come back with `WeixinJSBridge` in them.
 * `/_webview/enter?staff=&to=` signs a staff member in first. The device is `sim_device=phone` in the cookie or query, else a PC. A page in a
 * browser window of its own is asked for as that browser and gets no bridge: so the console is opened outside WeCom, and so the sidebar is where it
 * does not belong.
 * Faults: `webview/page` for pages (`errmsg: "no_bridge"`; `delay_ms` makes the bridge late), `webview/request/<path>` for everything else.
 */
export function createWebviewProxy(sim: Simulator): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://webview');
    if (url.pathname === '/_webview/enter') {
      enterAs(url, request, response);
      return;
    }
    passOn(sim, url, request, response).catch(() => response.destroy());
  });
}

async function passOn(sim: Simulator, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isPage = wantsPage(request);
  const fault = sim.faults.take(isPage ? 'webview/page' : `webview/request${url.pathname}`);
  if (fault && (await isSpoilt(fault, isPage, request, response))) return;
  const userAgent = /(?:^|[;&?]\s*)sim_device=phone/.test(`${request.headers.cookie ?? ''};${url.search}`)
    ? userAgents.phone
    : userAgents.desktop;
  const target = new URL(request.url ?? '/', sim.urls.product);
  const upstream = requestUpstream(target, { method: request.method, headers: forwardedHeaders(request, userAgent, isPage) });
  upstream.on('response', (answer) => {
    if (fault?.afterEffect) {
      answer.resume();
      response.destroy();
      return;
    }
    const isHtml = (answer.headers['content-type'] ?? '').startsWith('text/html');
    if (isHtml && !isOwnWindow(request) && answer.headers['content-encoding'] === undefined) {
      const script = isPage && fault ? faultyScript(sim, userAgent, fault) : bridgeScript({ host: sim.urls.own, userAgent, delayMs: 0 });
      sendPage(answer, response, script).catch(() => response.destroy());
      return;
    }
    response.writeHead(answer.statusCode ?? 502, isHtml ? { ...answer.headers, ...apart } : answer.headers);
    answer.pipe(response);
  });
  upstream.on('error', () => sendUnreachable(sim, response));
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

/** True when the fault has answered, or cut the line, in place of the product. */
async function isSpoilt(fault: Fault, isPage: boolean, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  // On a page the delay is the bridge's, not the page's.
  if (!isPage && fault.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
  if (fault.afterEffect) return false;
  if (fault.drop) request.socket.destroy();
  else if (fault.status !== undefined) response.writeHead(fault.status, { 'content-type': 'text/html' }).end(`<h1>${fault.status}</h1>`);
  return fault.drop === true || fault.status !== undefined;
}

function faultyScript(sim: Simulator, userAgent: string, fault: Fault): string {
  if (fault.errmsg === 'no_bridge') return userAgentScript(userAgent);
  return bridgeScript({ host: sim.urls.own, userAgent, delayMs: fault.delayMs ?? 0 });
}

/**
 * A webview is a process of its own: what the client draws beside it costs the sidebar no time, and the other way round. Ports of one host are one site,
 * which a browser keeps in one process unless the page asks to be kept apart; every page of the origin has to.
 */
const apart = { 'origin-agent-cluster': '?1' };

/** Headers of a page that are no longer true once it was changed, or that a native webview would not heed. */
const rewritten = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'etag',
  'last-modified',
  'x-frame-options',
  'content-security-policy',
]);

async function sendPage(answer: IncomingMessage, response: ServerResponse, script: string): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(Buffer.from(chunk));
  const page = Buffer.from(injectFirst(Buffer.concat(chunks).toString('utf8'), script));
  const policy = answer.headers['content-security-policy'];
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !rewritten.has(name)));
  const relaxed = typeof policy === 'string' ? relaxPolicy(policy, script) : null;
  response.writeHead(answer.statusCode ?? 200, {
    ...headers,
    ...apart,
    ...(relaxed === null ? {} : { 'content-security-policy': relaxed }),
    'content-length': page.length,
  });
  response.end(page);
}

/** The product sees its public address; a page must come unpacked, or nothing could be put into it. */
function forwardedHeaders(request: IncomingMessage, userAgent: string, isPage: boolean): Record<string, string | string[]> {
  const dropped = isPage ? ['connection', 'if-none-match', 'if-modified-since'] : ['connection'];
  const kept = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined || dropped.includes(name) ? [] : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(kept),
    'user-agent': isOwnWindow(request) ? (request.headers['user-agent'] ?? '') : userAgent,
    'x-forwarded-host': request.headers.host ?? '',
    'x-forwarded-proto': 'http',
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    ...(isPage ? { 'accept-encoding': 'identity' } : {}),
  };
}

function isOwnWindow(request: IncomingMessage): boolean {
  return request.headers['sec-fetch-dest'] === 'document';
}

function wantsPage(request: IncomingMessage): boolean {
  const destination = request.headers['sec-fetch-dest'];
  if (typeof destination === 'string') return ['document', 'iframe', 'frame'].includes(destination);
  return (request.headers.accept ?? '').includes('text/html');
}

function sendUnreachable(sim: Simulator, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'text/html; charset=utf-8', ...apart });
  response.end(
    `<!doctype html><meta charset="utf-8"><title>打不开</title><p>产品没有应答（${sim.urls.product}）。它还没启动，或者刚停下。</p>`,
  );
}
