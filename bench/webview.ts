/**
 * The origin under which the browser of R8 sees the product: everything goes to the server, HTML gets a bridge that answers at once, and one
 * static page of our own stands beside it. Both arms come through here, so both pay the same for it.
 *
 * The simulated WeCom's webview is not used: there the bridge lives in a parent frame whose own page would share the slowed-down processor.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

export type Webview = { port: number; close(): Promise<void> };

/** What the customer's chat answers, told to the page in its address: `?bench-customer=`. */
const bridge = `<script>(() => {
  const customer = new URLSearchParams(location.search).get('bench-customer');
  const answers = {
    getContext: { entry: 'single_chat_tools' },
    getCurExternalContact: { userId: customer },
    agentConfig: { checkResult: {} },
  };
  window.WeixinJSBridge = {
    invoke(name, _params, done) {
      queueMicrotask(() => done?.({ err_msg: name + ':ok', ...answers[name] }));
    },
    call() {},
    on() {},
  };
})();</script>`;

const show = `(customer) => fetch('/api/sidebar/customers/' + encodeURIComponent(customer))
  .then((answer) => answer.json())
  .then((panel) => { document.getElementById('name').textContent = panel.follow.remark || panel.customer.name; })`;
const page = (head: string, body: string) =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>static</title>${head}</head><body><p id="name"></p>${body}</body></html>`;

/** One fetch, one name, and nobody asked who is here. */
const barePage = page('', `<script>(${show})(new URLSearchParams(location.search).get('bench-customer'))</script>`);

const sdk = readFileSync(
  createRequire(import.meta.resolve('../apps/sidebar/package.json')).resolve('@wecom/jssdk/dist/wecom.global.prod.js'),
);

/**
 * The least that could be called a panel: one fetch, one name. No page beside a chat is told by its address whose chat it is: only WeCom's SDK
 * says it, to a page with a signature. So this one, too, comes with the server's boot data and asks the SDK, as WeCom publishes it for pages
 * without a build.
 */
const staticPage = (boot: string) =>
  page(
    `${bridge}${boot}<script src="/static-sdk.js"></script>`,
    `<script>
const boot = JSON.parse(document.getElementById('nextline-boot').textContent);
const sign = () => boot.signature;
ww.register({ corpId: boot.corpId, agentId: boot.agentId, jsApiList: ['getCurExternalContact'], getConfigSignature: sign, getAgentConfigSignature: sign });
ww.getCurExternalContact().then(({ userId }) => userId).then(${show});
</script>`,
  );

const bootIn = (html: string) => /<script type="application\/json" id="nextline-boot">.*?<\/script>/s.exec(html)?.[0] ?? '';
const withBridge = (html: string) => html.replace('<head>', `<head>${bridge}`);

function answerHtml(response: ServerResponse, upstream: IncomingMessage, change: (html: string) => string): void {
  const chunks: Buffer[] = [];
  upstream.on('data', (chunk: Buffer) => chunks.push(chunk));
  upstream.on('end', () => {
    const html = change(Buffer.concat(chunks).toString('utf8'));
    const { 'content-length': _length, 'content-security-policy': _policy, 'transfer-encoding': _encoding, ...headers } = upstream.headers;
    response.writeHead(upstream.statusCode ?? 502, { ...headers, 'content-length': Buffer.byteLength(html) }).end(html);
  });
}

export async function startWebview(port: number, serverPort: number): Promise<Webview> {
  const server = createServer((incoming, response) => {
    const answer = (type: string, body: string | Buffer): void =>
      void response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-length': Buffer.byteLength(body) }).end(body);
    if (incoming.url?.startsWith('/bare-page?')) return answer('text/html', barePage);
    if (incoming.url === '/static-sdk.js') return answer('text/javascript', sdk);
    const isStatic = incoming.url?.startsWith('/static-page?') ?? false;
    const isPage = isStatic || (incoming.url?.startsWith('/sidebar/?') ?? false);
    // Its boot data come from where the sidebar's do.
    const path = isStatic ? incoming.url?.replace('/static-page', '/sidebar/') : incoming.url;
    const headers = { ...incoming.headers, 'x-forwarded-host': incoming.headers.host, 'x-forwarded-proto': 'http' };
    // A page that is to be changed has to come as it was written.
    if (isPage) delete headers['accept-encoding'];
    const upstream = request({ host: '127.0.0.1', port: serverPort, method: incoming.method, path, headers }, (reply) => {
      if (isPage) return answerHtml(response, reply, isStatic ? (html) => staticPage(bootIn(html)) : withBridge);
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    upstream.on('error', () => response.writeHead(502).end());
    incoming.pipe(upstream);
  });
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', ready);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
