import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import qrcode from 'qrcode';
import type { Simulator } from '../simulator.ts';

const built = fileURLToPath(new URL('../../dist', import.meta.url));
const heartbeatMs = 15_000;

export async function registerClientPageRoutes(app: FastifyInstance, sim: Simulator): Promise<void> {
  /** What the client page has to know before anything else. `entry` is what `getContext` says in a one-to-one chat. */
  app.get('/_sim/client-config', () => ({
    corp: { corp_id: sim.world.corp.corpId, name: sim.world.corp.name },
    webview_url: sim.urls.webview,
    sidebar_path: '/sidebar/',
    admin_path: '/admin/',
    entry: 'single_chat_tools',
  }));

  /** What a customer can scan: `[{label, staff, state, add_way, qr_svg}]`. */
  app.get('/_sim/channel-codes', async () =>
    Promise.all(
      sim.world.channelCodes.map(async ({ label, staff, state, addWay }) => ({
        label,
        staff,
        state,
        add_way: addWay,
        qr_svg: await qrcode.toString(`${sim.urls.own}/ca/${staff}?state=${state}`, { type: 'svg', margin: 1 }),
      })),
    ),
  );

  /** Server-sent events: `message`, `follow`, `call`, `clock`, `faults`, `callback`, `reset`; the data is JSON. */
  app.get('/_sim/events', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    raw.write(': hello\n\n');
    const stop = sim.news.listen(({ type, ...data }) => raw.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`));
    const beat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
    request.raw.on('close', () => {
      stop();
      clearInterval(beat);
    });
  });

  if (existsSync(`${built}/index.html`)) {
    await app.register(fastifyStatic, { root: built });
    return;
  }
  /** The page is built by Vite; without it the control API works all the same. */
  app.get('/', async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send('The client page is not built yet: run `pnpm build`, then start the simulator again.\n'),
  );
}
