import type { CallObservation } from '@nextline/wecom';
import type { Pool } from 'pg';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { App } from '../feature.ts';

export type Metrics = {
  registry: Registry;
  observeWeCom(call: CallObservation): void;
  observeRequests(app: App): void;
  /** For a route that Fastify does not see. */
  requestsOf(method: string, route: string): (status: number, seconds: number) => void;
  watchPool(pool: Pool): void;
  /** Asked when somebody reads the metrics; `null` leaves out what cannot be known now. */
  watch(name: string, help: string, ask: () => Promise<number | null>): void;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'nextline_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const calls = new Counter({
    name: 'nextline_wecom_calls_total',
    help: 'Tries of calls to WeCom; errcode "none" is no answer',
    labelNames: ['api', 'errcode'],
    registers,
  });
  const callSeconds = new Histogram({
    name: 'nextline_wecom_call_seconds',
    help: 'Time of one try of a call to WeCom',
    labelNames: ['api'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });

  function watch(name: string, help: string, ask: () => Promise<number | null>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers,
      async collect() {
        const value = await ask().catch(() => null);
        if (value === null) gauge.remove();
        else gauge.set(value);
      },
    });
  }

  return {
    registry,
    watch,
    observeWeCom({ api, errcode, ms }) {
      calls.inc({ api, errcode: errcode === null ? 'none' : errcode });
      callSeconds.observe({ api }, ms / 1000);
    },
    observeRequests(app) {
      app.addHook('onResponse', (request, reply, next) => {
        const route = request.routeOptions.url ?? 'none';
        requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
        next();
      });
    },
    requestsOf(method, route) {
      const byStatus = new Map<number, Histogram.Internal<string>>();
      return (status, seconds) => {
        const known = byStatus.get(status) ?? requests.labels(method, route, String(status));
        byStatus.set(status, known);
        known.observe(seconds);
      };
    },
    watchPool(pool) {
      watch('nextline_pool_connections', 'Connections to Postgres', async () => pool.totalCount);
      watch('nextline_pool_idle', 'Connections that nobody uses', async () => pool.idleCount);
      watch('nextline_pool_waiting', 'Requests that wait for a connection', async () => pool.waitingCount);
    },
  };
}
