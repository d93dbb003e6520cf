import { apiError, type Language } from '@nextline/contract';
import { WeComError } from '@nextline/wecom';
import { hasZodFastifySchemaValidationErrors } from '@fastify/type-provider-zod';
import type { FastifyBaseLogger, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { databaseIsAway } from './database-away.ts';
import type { DatabaseTrouble } from './database-trouble.ts';
import { AppError, requestInvalid, requestTooLarge, routeNotFound, storeUnavailable, unexpected, wecomUnavailable } from './errors.ts';
import type { App } from './feature.ts';
import { issueInWords } from './issue-words.ts';
import { plainPage } from './pages/plain-page.ts';
import { headersOfRefusal } from './protect-pages.ts';
import { asItIs, inLanguage, languageOf } from './sentence.ts';

/** What a person is told for whatever was thrown. Null: nothing expected, only the log learns what it was. */
function refusalFor(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return null;
  if (hasZodFastifySchemaValidationErrors(error))
    return requestInvalid(
      error.validation.map((issue) => ({
        path: `${error.validationContext ?? 'request'}${issue.instancePath.replaceAll('/', '.')}`,
        message: issueInWords({ ...issue.params, code: issue.keyword, message: issue.message ?? '' }),
      })),
    );
  if (databaseIsAway(error)) return storeUnavailable();
  if (error instanceof WeComError && error.kind !== 'caller' && error.kind !== 'unknown') return wecomUnavailable();
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
  if (status === 413) return requestTooLarge();
  if (status === 404) return routeNotFound();
  if (status !== undefined && status >= 400 && status < 500) return requestInvalid([{ path: 'request', message: asItIs(error.message) }]);
  return null;
}

type Whose = { reqId: string; route: string | undefined; staff?: string | undefined };

/** What is answered to whatever was thrown: a code for the page, a sentence for the person. The log learns what it was. */
export function refusalOf(
  error: unknown,
  log: FastifyBaseLogger,
  whose: Whose,
  language: Language = 'zh-CN',
): { status: number; headers: Record<string, string | number>; body: string; sentence: string } {
  const refusal = refusalFor(error) ?? unexpected(whose.reqId);
  // Its place says nothing, and a crowd is refused.
  if (error instanceof AppError && error.statusCode >= 500) log.warn({ code: refusal.code, ...whose }, 'refused for now');
  else if (refusal.statusCode >= 500) log.error({ err: error, ...whose }, refusal.code);
  else log.debug({ code: refusal.code, ...whose }, 'refused');
  const { code, sentence, details, retryAfterSeconds } = refusal;
  const message = sentence[language];
  return {
    status: refusal.statusCode,
    headers: {
      ...headersOfRefusal,
      'content-type': 'application/json; charset=utf-8',
      ...(retryAfterSeconds !== undefined && { 'retry-after': retryAfterSeconds }),
    },
    body: JSON.stringify(apiError.parse({ error: { code, message, ...(details && { details: inLanguage(details, language) }) } })),
    sentence: message,
  };
}

const pageRefused = { what: { 'zh-CN': '页面打不开', en: 'This page does not open' }, label: { 'zh-CN': '重试', en: 'Try again' } };

const wantsPage = (request: FastifyRequest) =>
  request.method === 'GET' && !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');

function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const whose = { reqId: request.id, staff: request.session?.staffUserId, route: request.routeOptions.url };
  const language = languageOf(request.headers);
  const { status, headers, body, sentence } = refusalOf(error, request.log, whose, language);
  for (const [name, value] of Object.entries(headers)) if (!reply.hasHeader(name)) void reply.header(name, value);
  void reply.code(status);
  if (wantsPage(request)) {
    // `//elsewhere` would be another site's address on a page of ours.
    const href = request.url.replace(/^[/\\]+/, '/');
    const { what, label } = inLanguage(pageRefused, language);
    const page = plainPage({ title: sentence, what, why: sentence, action: { label, href } }, language);
    void reply.type('text/html; charset=utf-8').serializer(String).send(page);
    return;
  }
  // Written out: the route's response schemas describe what it answers, not every refusal.
  void reply
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(body);
}

/** An address that no route can be asked with: broken UTF-8, or an id longer than any. */
export function answerBrokenAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  answer(requestInvalid([{ path: 'url', message: asItIs(error.code) }]), request, reply);
}

export function answerErrors(app: App, databaseTrouble: DatabaseTrouble): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    databaseTrouble.observe(error);
    answer(error, request, reply);
  });
  app.setNotFoundHandler((request, reply) => answer(routeNotFound(), request, reply));
}
