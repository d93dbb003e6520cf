import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buildApp } from './app.ts';
import { createCallLog } from './call-log.ts';
import { createCallbackSender } from './callbacks/callback-sender.ts';
import { createRateLimits } from './cgi-bin/rate-limits.ts';
import { createClock } from './clock.ts';
import { createFaults } from './faults.ts';
import { faultView } from './control/switches.routes.ts';
import { createIssued } from './issued.ts';
import { createNews } from './news.ts';
import { seedWorld, usualCustomers } from './seed/seed.ts';
import type { Simulator } from './simulator.ts';
import { createWebviewProxy } from './webview/webview-proxy.ts';
import type { World } from './world/world.ts';

export interface SimulatorOptions {
  /** Server API, OAuth, control API and the client page. 0 takes any free port. */
  port: number;
  /** The product as the WeCom client shows it, with the bridge in it. */
  webviewPort: number;
  /** Where the product itself listens. */
  productUrl: string;
  /** Where events are posted to. */
  callbackUrl: string;
  /** Hosts with port; the webview's own by default. */
  trustedHosts?: string[];
  /** The address to listen on; only this machine by default, since the control API asks nobody who they are. */
  host?: string;
  log?: boolean;
  /** How many customers the brand has, 600 by default. Ten thousand take some seconds to make. */
  customers?: number;
}

export interface RunningSimulator {
  close(): Promise<void>;
  url: string;
  webviewUrl: string;
  /** Replaced as a whole by a reset: read it anew each time. */
  readonly world: World;
}

const seedNumber = 20_260_601;

/** Starts a WeCom with the seeded brand. Rejects with EADDRINUSE when a port is taken. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const clock = createClock();
  const news = createNews();
  // The webview's own host is known once its port is open.
  let trustedHosts = options.trustedHosts ?? [];
  let customers = options.customers ?? usualCustomers;
  const seed = (): World =>
    seedWorld({ seed: seedNumber, now: Date.now(), callbackUrl: options.callbackUrl, trustedHosts: [...trustedHosts], customers });
  const faults = createFaults(() => news.publish({ type: 'faults', faults: faults.list().map(faultView) }));
  const sim: Simulator = {
    world: seed(),
    clock,
    issued: createIssued(clock),
    rateLimits: createRateLimits(),
    faults,
    calls: createCallLog(news),
    news,
    callbacks: createCallbackSender(() => sim.world, news),
    urls: { own: '', webview: '', product: options.productUrl.replace(/\/+$/, '') },
    reset(wanted) {
      customers = wanted?.customers ?? customers;
      clock.reset();
      faults.clear();
      sim.rateLimits.clear();
      sim.calls.clear();
      sim.callbacks.clear();
      sim.world = seed();
      news.publish({ type: 'reset' });
    },
  };
  const host = options.host ?? '127.0.0.1';
  const app = await buildApp(sim, options.log ?? false);
  const proxy = createWebviewProxy(sim);
  await app.listen({ port: options.port, host });
  sim.urls.own = `http://localhost:${portOf(app.server.address())}`;
  try {
    proxy.listen(options.webviewPort, host);
    await once(proxy, 'listening');
  } catch (cause) {
    await app.close();
    throw cause;
  }
  sim.urls.webview = `http://localhost:${portOf(proxy.address())}`;
  trustedHosts = options.trustedHosts ?? [new URL(sim.urls.webview).host];
  sim.world.console.trustedHosts = [...trustedHosts];
  return {
    async close() {
      sim.callbacks.close();
      proxy.closeAllConnections();
      await Promise.all([app.close(), new Promise((done) => proxy.close(done))]);
    },
    url: sim.urls.own,
    webviewUrl: sim.urls.webview,
    get world() {
      return sim.world;
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('the simulator listens on a TCP port');
  return address.port;
}
