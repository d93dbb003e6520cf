import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { writeAudit } from '../audit/write-audit.ts';
import type { App, Deps } from '../feature.ts';
import { plainPage } from '../pages/plain-page.ts';
import { languageOf } from '../sentence.ts';
import { type BeginSignIn, signInCookieOptions } from './begin-sign-in.ts';
import { createCodeBudget } from './code-budget.ts';
import { finishSignInWithin } from './finish-sign-in.ts';
import type { Principals } from './principals.ts';
import { returnPath } from './return-to.ts';
import type { Sessions } from './sessions.ts';
import type { SignInStates } from './sign-in-state.ts';
import { clearConsoleCookie, consoleSessionOf, isConsolePath, setSessionCookie } from './session-cookies.ts';
import { endConsoleSessions } from './staff.store.ts';
import { signedOutPage, signInRefusedPage } from './sign-in-words.ts';

type Identity = { sessions: Sessions; principals: Principals; states: SignInStates; beginSignIn: BeginSignIn };

function refuse(
  reply: FastifyReply,
  { headers }: FastifyRequest,
  refusal: Parameters<typeof signInRefusedPage>[0],
  returnTo: string,
): FastifyReply {
  // Whoever wanted to the sidebar reads Chinese, though this browser may have shown the console in English.
  const language = isConsolePath(returnTo) ? languageOf(headers) : 'zh-CN';
  const { status, page } = signInRefusedPage(refusal, returnTo, language);
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(plainPage(page, language));
}

export function signInRoutes(app: App, deps: Deps, { sessions, principals, states, beginSignIn }: Identity): void {
  const { publicUrl } = deps.config;
  const budget = createCodeBudget();

  app.get('/auth/start', { schema: { hide: true, querystring: z.object({ return_to: z.string().optional() }) } }, (request, reply) =>
    beginSignIn(request, reply, returnPath(request.query.return_to, publicUrl)),
  );

  const answered = z.object({ code: z.string().max(512).default(''), state: z.string().max(128).default('') });
  app.get('/auth/callback', { schema: { hide: true, querystring: answered } }, async (request, reply) => {
    const { code, state } = request.query;
    const cookieName = states.cookieNameOf(state);
    const begun = cookieName === null ? null : states.finish(state, request.cookies[cookieName]);
    if (begun === null || cookieName === null || code === '') return refuse(reply, request, 'state_invalid', '/sidebar/');
    const { returnTo } = begun;
    const end = await finishSignInWithin(budget, deps, { state, code, address: request.ip });
    if ('tooManyForMs' in end) {
      void reply.header('retry-after', Math.ceil(end.tooManyForMs / 1000));
      return refuse(reply, request, 'too_many', returnTo);
    }
    void reply.clearCookie(cookieName, signInCookieOptions(sessions));
    if ('refusal' in end) return refuse(reply, request, end.refusal, returnTo);
    principals.forget(end.staff.staffUserId);
    await writeAudit(deps.db, {
      corpId: deps.config.wecom.corpId,
      who: end.staff,
      action: 'session.begin',
      subject: { kind: 'staff', id: end.staff.staffUserId },
      detail: { where: returnTo.startsWith('/admin') ? 'console' : 'sidebar' },
      at: deps.clock.now(),
    });
    deps.log.info({ staff: end.staff.staffUserId }, 'signed in');
    return setSessionCookie(reply, sessions, end.staff.staffUserId, returnTo).header('cache-control', 'no-store').redirect(returnTo);
  });

  app.post('/auth/sign-out', { schema: { hide: true } }, async (request, reply) => {
    const session = consoleSessionOf(sessions, request.cookies);
    // First, and whatever becomes of the rest: the page then says that this browser is signed out.
    void clearConsoleCookie(reply, sessions);
    if (session !== null) {
      await endConsoleSessions(deps.db, session.staffUserId, deps.clock.now());
      principals.forget(session.staffUserId);
    }
    return reply.code(204).send();
  });
  app.get('/auth/signed-out', { schema: { hide: true } }, ({ headers }, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(plainPage(signedOutPage(languageOf(headers)), languageOf(headers))),
  );
}
