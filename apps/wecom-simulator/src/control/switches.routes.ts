import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Fault } from '../faults.ts';
import type { Simulator } from '../simulator.ts';
import { iso } from '../simulator.ts';
import { ControlRefusal, read } from './refusal.ts';

/** The last that a date can say. */
const lastInstant = 8.64e15;

const faultBody = z.object({
  path: z.string().min(1),
  errcode: z.int().optional(),
  errmsg: z.string().optional(),
  status: z.int().min(100).max(599).optional(),
  body: z.string().optional(),
  delay_ms: z.number().min(0).max(600_000).optional(),
  drop: z.boolean().optional(),
  after_effect: z.boolean().optional(),
  skip: z.int().min(0).default(0),
  times: z.int().min(1).optional(),
});

const switchesBody = z.object({
  duplicate: z.union([z.boolean(), z.int().min(1).max(10)]).optional(),
  shuffle_ms: z.number().min(0).max(3_600_000).optional(),
  drop_rate: z.number().min(0).max(1).optional(),
  retry_on_non_200: z.boolean().optional(),
});

export function registerSwitchRoutes(app: FastifyInstance, sim: Simulator): void {
  /**
   * What goes wrong next. `path`: `externalcontact/get`, `cgi-bin/…`, `bridge/sendChatMessage`, `connect/oauth2/authorize`, `webview`
   * (`errmsg: "no_bridge"` leaves the bridge out, `delay_ms` makes it late); a prefix of whole segments, or of letters with a `*` at the end.
   * `errcode`/`errmsg`/`status` answer so, `body` answers this text as it is (server APIs), `delay_ms` waits first, `drop` cuts the connection, `after_effect` carries the call out before that,
   * `skip` lets the first n through, `times` counts (without it: until deleted). → the fault
   */
  app.post('/_sim/faults', (request) => {
    const body = read(faultBody, request.body);
    const fault = sim.faults.add({
      path: body.path,
      errcode: body.errcode,
      errmsg: body.errmsg,
      status: body.status,
      body: body.body,
      delayMs: body.delay_ms,
      drop: body.drop,
      afterEffect: body.after_effect,
      skip: body.skip,
      times: body.times ?? null,
    });
    return faultView(fault);
  });

  /** The faults that still wait for a call. → `{faults}` */
  app.get('/_sim/faults', () => ({ faults: sim.faults.list().map(faultView) }));

  /** Takes all faults away, or those under `?path=`. → `{faults}`, what is left */
  app.delete<{ Querystring: { path?: string } }>('/_sim/faults', (request) => {
    sim.faults.clear(request.query.path);
    return { faults: sim.faults.list().map(faultView) };
  });

  /** How callbacks travel; a field left out stays. `duplicate`: true = twice, or how often. → the switches */
  app.post('/_sim/callbacks', (request) => {
    const body = read(switchesBody, request.body);
    const duplicate = typeof body.duplicate === 'boolean' ? (body.duplicate ? 2 : 1) : body.duplicate;
    sim.callbacks.setSwitches({
      ...(duplicate === undefined ? {} : { duplicate }),
      ...(body.shuffle_ms === undefined ? {} : { shuffleMs: body.shuffle_ms }),
      ...(body.drop_rate === undefined ? {} : { dropRate: body.drop_rate }),
      ...(body.retry_on_non_200 === undefined ? {} : { retryOnNon200: body.retry_on_non_200 }),
    });
    return switchesView(sim);
  });

  /** The switches and the last deliveries, newest first, each with its attempts and the plain XML. */
  app.get('/_sim/callbacks', () => ({ ...switchesView(sim), deliveries: sim.callbacks.deliveries() }));

  /** WeCom's clock moves forward: tokens, tickets, codes and media age. → `{now, offset_ms}` */
  app.post('/_sim/clock', (request) => {
    const { advance_ms } = read(z.object({ advance_ms: z.number().min(0) }), request.body);
    if (sim.clock.now() + advance_ms > lastInstant) throw new ControlRefusal(400, 'advance_ms: no clock goes so far');
    sim.clock.advance(advance_ms);
    const view = clockView(sim);
    sim.news.publish({ type: 'clock', ...view });
    return view;
  });

  /** → `{now, offset_ms}`; `now` in ISO 8601. */
  app.get('/_sim/clock', () => clockView(sim));

  /** What the product asked of WeCom, newest first: `{calls: [{kind, path, method, at, ms, status, errcode, query, body}], total}`. Secrets are masked. */
  app.get('/_sim/calls', (request) => {
    const query = read(
      z.object({ path: z.string().optional(), limit: z.coerce.number().int().min(1).max(5000).default(100) }),
      request.query,
    );
    return sim.calls.list(query);
  });

  /**
   * How near the product came to WeCom's limits, since the start or the last reset:
   * `{peaks: [{path, total, busiest_minute, busiest_hour, refused}]}`; windows by WeCom's clock, `refused` were answered with 45009.
   */
  app.get('/_sim/calls/peaks', () => ({
    peaks: sim.rateLimits.peaks().map(({ path, total, busiestMinute, busiestHour, refused }) => ({
      path: `cgi-bin/${path}`,
      total,
      busiest_minute: busiestMinute,
      busiest_hour: busiestHour,
      refused,
    })),
  }));
}

export function faultView(fault: Fault): object {
  const { delayMs, afterEffect, ...rest } = fault;
  return { ...rest, delay_ms: delayMs, after_effect: afterEffect };
}

function clockView(sim: Simulator): { now: string; offset_ms: number } {
  return { now: iso(sim.clock.now()), offset_ms: sim.clock.offset() };
}

function switchesView(sim: Simulator): object {
  const { duplicate, shuffleMs, dropRate, retryOnNon200 } = sim.callbacks.switches();
  return { duplicate, shuffle_ms: shuffleMs, drop_rate: dropRate, retry_on_non_200: retryOnNon200 };
}
