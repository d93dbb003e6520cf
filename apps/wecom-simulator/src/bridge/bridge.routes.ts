import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlRefusal, read } from '../control/refusal.ts';
import type { Fault } from '../faults.ts';
import { livingMedia } from '../media.ts';
import { iso, type Simulator } from '../simulator.ts';
import { spoil } from '../spoil.ts';
import type { BridgeCall, BridgeResult } from './bridge-call.ts';
import { answerBridge } from './methods.ts';

const bridgeBody = z.object({
  staff: z.string(),
  chat: z.string().nullable().default(null),
  entry: z.string().default('normal'),
  name: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  href: z.string(),
});

export function registerBridgeRoutes(app: FastifyInstance, sim: Simulator): void {
  /**
   * `{staff, chat, entry, name, params, href}` → `{result}`, a fresh object with `err_msg`. A fault on `bridge/<name>` gives its `errmsg`
   * (`cancel`, `fail no permission` …), waits `delay_ms`, or with `drop` answers null, which stands for a bridge that never answers.
   */
  app.post('/_sim/bridge', (request) => relay(sim, read(bridgeBody, request.body)));

  /** The file behind a media id, for the chat to show. 404 when it has died. */
  app.get<{ Params: { id: string } }>('/_sim/media/:id', (request, reply) => {
    const media = livingMedia(sim, request.params.id);
    if (!media) throw new ControlRefusal(404, 'no such media, or it is older than three days');
    // Uploaded bytes must never run as a page of the client's own origin.
    reply.header('content-security-policy', "default-src 'none'; sandbox").header('x-content-type-options', 'nosniff');
    return reply.type(media.contentType).send(media.bytes);
  });
}

async function relay(sim: Simulator, call: BridgeCall): Promise<{ result: BridgeResult | null }> {
  if (!sim.world.staff.has(call.staff)) throw new ControlRefusal(404, `no staff member ${call.staff}`);
  const began = performance.now();
  const result = await spoil(sim.faults.take(`bridge/${call.name}`), () => answerBridge(sim, call));
  const answer = result.kind === 'answer' ? result.outcome : result.kind === 'fault' ? spoiltResult(call.name, result.fault) : null;
  const errmsg = answer?.err_msg ?? `${call.name}: no answer`;
  sim.calls.record({
    kind: 'js',
    path: `bridge/${call.name}`,
    method: 'INVOKE',
    at: iso(sim.clock.now()),
    ms: Math.round(performance.now() - began),
    status: 200,
    errcode: errmsg.endsWith(':ok') ? 0 : -1,
    errmsg,
    query: { staff: call.staff, chat: call.chat, entry: call.entry, href: call.href },
    body: call.params,
  });
  return { result: answer };
}

function spoiltResult(name: string, fault: Fault): BridgeResult {
  const reason = fault.errmsg ?? 'fail';
  return {
    err_msg: reason.startsWith(`${name}:`) ? reason : `${name}:${reason}`,
    ...(fault.errcode === undefined ? {} : { err_code: fault.errcode }),
  };
}
