import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { iso, type Simulator } from '../simulator.ts';
import { spoil } from '../spoil.ts';
import { agentApis } from './agent.api.ts';
import type { Api, ApiReply, ApiRequest } from './api.ts';
import { customerApis } from './customers.api.ts';
import { mediaApis } from './media.api.ts';
import { messageApis } from './messages.api.ts';
import { staffApis } from './staff.api.ts';
import { tagApis } from './tags.api.ts';
import { tokenApis } from './tokens.api.ts';
import { errorReply, WeComError } from './wecom-error.ts';
import { welcomeApis } from './welcome.api.ts';

const apis = [...tokenApis, ...agentApis, ...staffApis, ...customerApis, ...tagApis, ...welcomeApis, ...mediaApis, ...messageApis];
const largestUpload = 64 * 1024 * 1024;
const loggedText = 2_000;

/** WeCom's server API. Every answer is HTTP 200 with `errcode` and `errmsg`; each call and what became of it goes into the call log. */
export async function registerCgiBinRoutes(app: FastifyInstance, sim: Simulator): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(multipart, { limits: { fileSize: largestUpload, files: 1 } });
    // WeCom reads any other body as JSON, whatever the header says.
    scope.removeContentTypeParser(['application/json', 'text/plain', 'application/x-www-form-urlencoded']);
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    for (const api of apis) {
      scope.route({
        method: ['GET', 'POST'],
        url: `/cgi-bin/${api.path}`,
        handler: (request, reply) => answer(sim, api, request, reply),
      });
    }
  });
}

async function answer(sim: Simulator, api: Api, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const began = performance.now();
  const path = `cgi-bin/${api.path}`;
  const query = flatQuery(request.url);
  const received = await readRequest(request, query);
  const ip = addressOf(sim, api, request);
  const result = await spoil(sim.faults.take(path), () => carryOut(sim, api, request, received, ip));
  const record = (status: number, body: object): void => {
    const errcode = 'errcode' in body && typeof body.errcode === 'number' ? body.errcode : 0;
    const errmsg = 'errmsg' in body && typeof body.errmsg === 'string' ? body.errmsg : 'ok';
    const { method } = request;
    const ms = Math.round(performance.now() - began);
    sim.calls.record({
      kind: 'api',
      path,
      method,
      at: iso(sim.clock.now()),
      ms,
      status,
      errcode,
      errmsg,
      query: masked(query),
      body: shortened(received),
    });
  };

  if (result.kind === 'cut') {
    record(0, { errcode: -1, errmsg: result.outcome ? 'connection cut after the call was carried out' : 'connection cut' });
    reply.hijack();
    // The request has been read to its end by now; only its socket can still be cut.
    request.raw.socket.destroy();
    return reply;
  }
  if (result.kind === 'fault') {
    const { status = 200, errcode, errmsg, body: words } = result.fault;
    if (words !== undefined) {
      record(status, { errmsg: 'an answer of the fault’s own' });
      return reply.code(status).type('application/json; charset=UTF-8').send(words);
    }
    const code = errcode ?? (errmsg === undefined ? null : -1);
    const body = code === null ? { errmsg: `HTTP ${status}` } : errorReply(new WeComError(code, { words: errmsg }), ip, sim.clock.now());
    record(status, body);
    // Without an errcode it is not WeCom that answers, but something in between.
    return code === null
      ? reply.code(status).type('text/html').send(`<html><body><h1>${status}</h1></body></html>`)
      : reply.code(status).send(body);
  }
  record(200, 'file' in result.outcome ? {} : result.outcome);
  return sendReply(reply, result.outcome);
}

function carryOut(sim: Simulator, api: Api, request: FastifyRequest, received: ApiRequest, ip: string): ApiReply {
  try {
    admit(sim, api, request, received, ip);
    const body = typeof received.body === 'string' ? parseJson(received.body) : received.body;
    const reply = api.handle(sim, { ...received, body });
    return 'file' in reply ? reply : { errcode: 0, errmsg: 'ok', ...reply };
  } catch (cause) {
    if (cause instanceof WeComError) return errorReply(cause, ip, sim.clock.now());
    throw cause;
  }
}

/** What is checked before the API itself, in WeCom's order. */
function admit(sim: Simulator, api: Api, request: FastifyRequest, { query }: ApiRequest, ip: string): void {
  const { console } = sim.world;
  if (request.method !== api.method) throw new WeComError(api.method === 'GET' ? 43001 : 43002);
  if (!api.withoutToken) {
    if (!query['access_token']) throw new WeComError(41001);
    const state = sim.issued.accessToken.check(query['access_token']);
    if (state !== 'valid') throw new WeComError(state === 'expired' ? 42001 : 40014);
  }
  if (console.trustedIps && !api.withoutToken && !console.trustedIps.includes(ip)) throw new WeComError(60020);
  if (api.customerContact && !console.callable) throw new WeComError(48002);
  const perHour = Math.min(console.callsPerHour, api.hourlyLimit ?? Infinity);
  if (!sim.rateLimits.admit(api.path, { perMinute: console.callsPerMinute, perHour }, sim.clock.now())) throw new WeComError(45009);
}

async function readRequest(request: FastifyRequest, query: Record<string, string>): Promise<ApiRequest> {
  if (!request.isMultipart()) return { query, body: request.body, file: null };
  const part = await request.file();
  if (!part || part.fieldname !== 'media') return { query, body: undefined, file: null };
  return { query, body: undefined, file: { name: part.filename, contentType: part.mimetype, bytes: await part.toBuffer() } };
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new WeComError(40058, { words: 'Warning: wrong json format. invalid Request Parameter' });
  }
}

function sendReply(reply: FastifyReply, outcome: ApiReply): FastifyReply {
  if (!('file' in outcome) || !Buffer.isBuffer(outcome.file)) return reply.type('application/json; charset=UTF-8').send(outcome);
  const name = encodeURIComponent(String(outcome['fileName']));
  return reply
    .type(String(outcome['contentType']))
    .header('content-disposition', `attachment; filename="${name}"; filename*=UTF-8''${name}`)
    .send(outcome.file);
}

/** The last value of each name. */
function flatQuery(url: string): Record<string, string> {
  return Object.fromEntries(new URL(url, 'http://wecom').searchParams);
}

/** Who seems to be calling. Each call through a gateway with several addresses leaves by the next one. */
function addressOf(sim: Simulator, api: Api, request: FastifyRequest): string {
  const { egressIps } = sim.world.console;
  const next = api.withoutToken ? egressIps?.[0] : egressIps?.shift();
  if (next === undefined) return request.ip.replace(/^::ffff:/, '');
  if (!api.withoutToken) egressIps?.push(next);
  return next;
}

/** Tokens and secrets are not for the log. */
function masked(query: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, /^(access_token|corpsecret)$/.test(name) ? '***' : value]));
}

function shortened({ body, file }: ApiRequest): unknown {
  if (file) return { media: file.name, bytes: file.bytes.length };
  if (typeof body !== 'string' || body === '') return null;
  if (body.length > loggedText) return `${body.slice(0, loggedText)}…`;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
