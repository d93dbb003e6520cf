import { apiError } from '@nextline/contract';
import { WeComError } from '@nextline/wecom';
import { hasZodFastifySchemaValidationErrors } from '@fastify/type-provider-zod';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { databaseIsAway } from './database-away.ts';
import type { DatabaseTrouble } from './database-trouble.ts';
import { AppError, requestInvalid, requestTooLarge, routeNotFound, storeUnavailable, unexpected, wecomUnavailable } from './errors.ts';
import type { App } from './feature.ts';
import { plainPage } from './pages/plain-page.ts';
import { headersOfRefusal } from './protect-pages.ts';

/** What a person is told for whatever was thrown. Null: nothing expected, only the log learns what it was. */
function refusalFor(error: FastifyError | Error): AppError | null {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error))
    return requestInvalid(
      error.validation.map((issue) => ({
        path: `${error.validationContext ?? 'request'}${issue.instancePath.replaceAll('/', '.')}`,
        message: issue.message ?? '',
      })),
    );
  if (databaseIsAway(error)) return storeUnavailable();
  if (error instanceof WeComError && error.kind !== 'caller' && error.kind !== 'unknown') return wecomUnavailable();
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return requestTooLarge();
  if (status === 404) return routeNotFound();
  if (status !== undefined && status >= 400 && status < 500) return requestInvalid([{ path: 'request', message: error.message }]);
  return null;
}

const wantsPage = (request: FastifyRequest) =>
  request.method === 'GET' && !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');

function answer(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = refusalFor(error) ?? unexpected(request.id);
  const whose = { reqId: request.id, staff: request.session?.staffUserId, route: request.routeOptions.url };
  // Its place says nothing, and a crowd is refused.
  if (error instanceof AppError && error.statusCode >= 500) request.log.warn({ code: refusal.code, ...whose }, 'refused for now');
  else if (refusal.statusCode >= 500) request.log.error({ err: error, ...whose }, refusal.code);
  else request.log.debug({ code: refusal.code, ...whose }, 'refused');
  // Before any hook could run, or where none does.
  if (!reply.hasHeader('content-security-policy')) void reply.headers(headersOfRefusal);
  if (refusal.retryAfterSeconds !== undefined) void reply.header('retry-after', refusal.retryAfterSeconds);
  const { code, message, details } = refusal;
  const body = apiError.parse({ error: { code, message, ...(details && { details }) } });
  if (wantsPage(request)) {
    // `//elsewhere` would be another site's address on a page of ours.
    const href = request.url.replace(/^[/\\]+/, '/');
    const page = plainPage({ title: message, what: '页面打不开', why: message, action: { label: '重试', href } });
    void reply.code(refusal.statusCode).type('text/html; charset=utf-8').serializer(String).send(page);
    return;
  }
  // Written out here: the route's response schemas describe what it answers, not every refusal.
  void reply
    .code(refusal.statusCode)
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(JSON.stringify(body));
}

/** An address that no route can be asked with: broken UTF-8, or an id longer than any. */
export function answerBrokenAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  answer(requestInvalid([{ path: 'url', message: error.code }]), request, reply);
}

export function answerErrors(app: App, databaseTrouble: DatabaseTrouble): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    databaseTrouble.observe(error);
    answer(error, request, reply);
  });
}

export function answerNotFound(app: App): void {
  app.setNotFoundHandler((request, reply) => answer(routeNotFound(), request, reply));
}
