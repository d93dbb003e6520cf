import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { lifetimes, randomId } from '../issued.ts';
import { iso, type Simulator } from '../simulator.ts';
import { spoil } from '../spoil.ts';
import { loginPage } from './login-page.ts';
import { errorPage, staffPage } from './page.ts';

export function registerOauthRoutes(app: FastifyInstance, sim: Simulator): void {
  /**
   * OAuth in the webview: `?appid&redirect_uri&response_type=code&scope&state&agentid` → 302 `redirect_uri?code&state`. Who: `sim_staff` in
   * the query or the cookie; without either, a page to choose. `sim_customer=<external_userid>` in the query: a customer who was sent the address. Pages instead of a redirect: 40013 corp, 40056 agent, 40058 scope or state,
   * 50001 the redirect's host (with port) is not trusted.
   */
  app.get('/connect/oauth2/authorize', (request, reply) => throughFaults(sim, 'connect/oauth2/authorize', request, reply, 'silent'));

  /** Sign-in of a desktop browser: `?login_type=CorpApp&appid&agentid&redirect_uri&state` → a page with a code and those who could scan it, then 302 as above. -31020 host, -31027 appid, -31028 agentid. */
  app.get('/wwlogin/sso/login', (request, reply) => throughFaults(sim, 'wwlogin/sso/login', request, reply, 'choose'));
}

type Way = 'silent' | 'choose';
type Outcome = { kind: 'page'; html: string; errcode: number } | { kind: 'redirect'; to: string };

async function throughFaults(sim: Simulator, path: string, request: FastifyRequest, reply: FastifyReply, way: Way): Promise<FastifyReply> {
  const began = performance.now();
  const url = new URL(request.url, sim.urls.own);
  const result = await spoil(sim.faults.take(path), () => decide(sim, url, way, cookieOf(request)));
  const record = (status: number, errcode: number): void => {
    const ms = Math.round(performance.now() - began);
    const query = Object.fromEntries(url.searchParams);
    sim.calls.record({ kind: 'page', path, method: 'GET', at: iso(sim.clock.now()), ms, status, errcode, errmsg: '', query, body: null });
  };
  if (result.kind === 'cut') {
    record(0, -1);
    reply.hijack();
    // The request has been read to its end by now; only its socket can still be cut.
    request.raw.socket.destroy();
    return reply;
  }
  if (result.kind === 'fault') {
    const { status = 200, errcode = -1, errmsg = '企业微信没有应答' } = result.fault;
    record(status, errcode);
    return reply.code(status).type('text/html; charset=utf-8').send(errorPage(errcode, errmsg));
  }
  const { outcome } = result;
  record(outcome.kind === 'page' ? 200 : 302, outcome.kind === 'page' ? outcome.errcode : 0);
  if (outcome.kind === 'redirect') return reply.redirect(outcome.to, 302);
  return reply.type('text/html; charset=utf-8').send(outcome.html);
}

async function decide(sim: Simulator, url: URL, way: Way, cookie: string | null): Promise<Outcome> {
  const query = url.searchParams;
  const refused = refusal(sim, query, way);
  if (refused) return { kind: 'page', html: errorPage(refused.errcode, refused.sentence), errcode: refused.errcode };
  const who = whoOpens(sim, query, way === 'silent' ? cookie : null);
  if (!who) return { kind: 'page', html: await choosePage(sim, url, way), errcode: 0 };
  const code = randomId(32);
  const scope = query.get('scope') ?? 'snsapi_base';
  sim.issued.codes.set(code, { who, scope, expiresAt: sim.clock.now() + lifetimes.codeMs, used: false });
  const to = new URL(query.get('redirect_uri') ?? '');
  to.searchParams.set('code', code);
  if (query.has('state')) to.searchParams.set('state', query.get('state') ?? '');
  return { kind: 'redirect', to: to.href };
}

function whoOpens({ world }: Simulator, query: URLSearchParams, cookie: string | null): { staff: string } | { customer: string } | null {
  const customer = query.get('sim_customer');
  if (customer !== null && world.people.has(customer)) return { customer };
  const staff = query.get('sim_staff') ?? cookie;
  return staff !== null && world.staff.has(staff) ? { staff } : null;
}

function refusal(sim: Simulator, query: URLSearchParams, way: Way): { errcode: number; sentence: string } | null {
  const { corp, app } = sim.world;
  const codes = way === 'silent' ? { corp: 40013, agent: 40056, host: 50001 } : { corp: -31027, agent: -31028, host: -31020 };
  if (query.get('appid') !== corp.corpId) return { errcode: codes.corp, sentence: 'appid 不是这家企业的 corpid。' };
  const agent = query.get('agentid');
  const agentNeeded = way === 'choose' || query.get('scope') === 'snsapi_privateinfo';
  if ((agent !== null || agentNeeded) && agent !== app.agentId) return { errcode: codes.agent, sentence: 'agentid 不对。' };
  if (!isTrusted(sim, query.get('redirect_uri') ?? '')) {
    return { errcode: codes.host, sentence: 'redirect_uri 的域名（含端口）不在应用的可信域名里。' };
  }
  if (way === 'silent' && query.get('response_type') !== 'code') return { errcode: 40058, sentence: 'response_type 要写 code。' };
  if (way === 'silent' && !['snsapi_base', 'snsapi_privateinfo'].includes(query.get('scope') ?? '')) {
    return { errcode: 40058, sentence: 'scope 只有 snsapi_base 和 snsapi_privateinfo。' };
  }
  if (!/^[A-Za-z0-9]{0,128}$/.test(query.get('state') ?? '')) return { errcode: 40058, sentence: 'state 只能是字母和数字，最多 128 个。' };
  return null;
}

/** The host of a page, with its port, is one that the administrator has listed. */
export function isTrusted(sim: Simulator, address: string): boolean {
  return URL.canParse(address) && sim.world.console.trustedHosts.includes(new URL(address).host);
}

async function choosePage(sim: Simulator, url: URL, way: Way): Promise<string> {
  const { corp, departments } = sim.world;
  const staff = [...sim.world.staff.values()];
  const nameOf = (id: number): string => departments.find((department) => department.id === id)?.name ?? '';
  const linkOf = (userid: string): string => {
    const link = new URL(url);
    link.searchParams.set('sim_staff', userid);
    return link.pathname + link.search;
  };
  if (way === 'silent') return staffPage('以谁的身份打开', staff, nameOf, linkOf);
  return loginPage(corp.name, `${url.origin}${url.pathname}?key=${randomId(16)}`, staff, departments, linkOf);
}

/** Which staff member the client page has signed in as. */
function cookieOf(request: FastifyRequest): string | null {
  const found = /(?:^|;\s*)sim_staff=([^;]*)/.exec(request.headers.cookie ?? '');
  return found?.[1] === undefined ? null : decodeURIComponent(found[1]);
}
