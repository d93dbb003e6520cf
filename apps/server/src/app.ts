import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from '@fastify/type-provider-zod';
import Fastify from 'fastify';
import { uuidv7 } from 'uuidv7';
import { answerErrors } from './answer-errors.ts';
import type { App, Deps } from './feature.ts';
import { createPrincipals } from './identity/principals.ts';
import { readSession } from './identity/read-session.ts';
import { requireSession } from './identity/require-session.ts';
import { createSessions } from './identity/sessions.ts';
import { limitRequests } from './limit-requests.ts';
import { protectPages } from './protect-pages.ts';
import { readJsonBodies } from './read-json-bodies.ts';
import { refuseForeignWrites } from './refuse-foreign-writes.ts';

/** Settings that only tests and the benchmark change. */
export type AppOptions = { staffRequestsPerMinute?: number };

/** The whole HTTP side: first what every request passes through, then every feature by its name. */
export async function buildApp(deps: Deps, options: AppOptions = {}): Promise<App> {
  const { config, clock, db, log } = deps;
  const app: App = Fastify({
    loggerInstance: log,
    genReqId: () => uuidv7(),
    // A proxy on the same machine or in the same private network may say who is asking; nobody else may.
    trustProxy: 'loopback, linklocal, uniquelocal',
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200 },
    disableRequestLogging: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  readJsonBodies(app);

  const sessions = createSessions(config, clock);
  const principals = createPrincipals(db, clock);
  await app.register(cookie);
  await protectPages(app, config);
  await app.register(compress, { threshold: 1024 });
  readSession(app, sessions);
  refuseForeignWrites(app, config);
  await limitRequests(app, options.staffRequestsPerMinute ?? 600);

  await app.register(
    async (scope) => {
      const sidebar: App = scope.withTypeProvider<ZodTypeProvider>();
      requireSession(sidebar, principals);
      // customers, tags, stages, scripts, sends, suggestions, tasks
    },
    { prefix: '/api/sidebar' },
  );
  return app;
}
