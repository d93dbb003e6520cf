/**
 * The origin under which the browser of R8 sees the product: everything goes to the server, HTML gets a bridge that answers at once, and one
 * static page of our own stands beside it. Both arms come through here, so both pay the same for it.
 *
 * The simulated WeCom's webview is not used: there the bridge lives in a parent frame whose own page would share the slowed-down processor.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
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

/** The least that could be called a panel: one fetch, one name. */
const staticPage = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>static</title></head><body><p id="name"></p><script>
fetch('/api/sidebar/customers/' + encodeURIComponent(new URLSearchParams(location.search).get('bench-customer')))
  .then((answer) => answer.json())
  .then((panel) => { document.getElementById('name').textContent = panel.follow.remark || panel.customer.name; });
</script></body></html>`;

function answerHtml(response: ServerResponse, upstream: IncomingMessage): void {
  const chunks: Buffer[] = [];
  upstream.on('data', (chunk: Buffer) => chunks.push(chunk));
  upstream.on('end', () => {
    const html = Buffer.concat(chunks).toString('utf8').replace('<head>', `<head>${bridge}`);
    const { 'content-length': _length, 'content-security-policy': _policy, 'transfer-encoding': _encoding, ...headers } = upstream.headers;
    response.writeHead(upstream.statusCode ?? 502, { ...headers, 'content-length': Buffer.byteLength(html) }).end(html);
  });
}

export async function startWebview(port: number, serverPort: number): Promise<Webview> {
  const server = createServer((incoming, response) => {
    if (incoming.url?.startsWith('/static-page?')) {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(staticPage) })
        .end(staticPage);
      return;
    }
    const isPage = incoming.url?.startsWith('/sidebar/?') ?? false;
    const headers = { ...incoming.headers, 'x-forwarded-host': incoming.headers.host, 'x-forwarded-proto': 'http' };
    // A page that is to be changed has to come as it was written.
    if (isPage) delete headers['accept-encoding'];
    const upstream = request({ host: '127.0.0.1', port: serverPort, method: incoming.method, path: incoming.url, headers }, (answer) => {
      if (isPage) return answerHtml(response, answer);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
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
