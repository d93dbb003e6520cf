import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { validatorCompiler, type ZodTypeProvider } from '@fastify/type-provider-zod';
import Fastify, { LogController } from 'fastify';
import { answerBrokenAddress, answerErrors } from './answer-errors.ts';
import { auditRoutes } from './audit/audit.routes.ts';
import { bulkChangeRoutes } from './customers/bulk-changes.routes.ts';
import { consoleCustomerRoutes } from './customers/console-customers.routes.ts';
import { customerRoutes } from './customers/customers.routes.ts';
import { createDatabaseTrouble } from './database-trouble.ts';
import { doctorRoutes } from './doctor/doctor.routes.ts';
import type { App, Deps } from './feature.ts';
import { describeApi } from './health/describe-api.ts';
import { healthRoutes } from './health/health.routes.ts';
import { createMetrics, type Metrics } from './health/metrics.ts';
import { watchFeatures } from './health/watch-features.ts';
import { createBeginSignIn } from './identity/begin-sign-in.ts';
import { jsSignatureRoutes } from './identity/js-signature.routes.ts';
import { meRoutes } from './identity/me.routes.ts';
import { createPrincipals } from './identity/principals.ts';
import { readSession } from './identity/read-session.ts';
import { requireConsoleSession } from './identity/require-console-session.ts';
import { requireSession } from './identity/require-session.ts';
import { createSessions } from './identity/sessions.ts';
import { createSignInStates } from './identity/sign-in-state.ts';
import { signInRoutes } from './identity/sign-in.routes.ts';
import { limitRequests } from './limit-requests.ts';
import { noteRoutes } from './notes/notes.routes.ts';
import { builtApps, pageRoutes } from './pages/pages.routes.ts';
import { peopleRoutes } from './people/people.routes.ts';
import { protectPages } from './protect-pages.ts';
import { readJsonBodies } from './read-json-bodies.ts';
import { refuseForeignWrites } from './refuse-foreign-writes.ts';
import { adminScriptRoutes } from './scripts/admin-scripts.routes.ts';
import { libraryChangeRoutes } from './scripts/library-changes.routes.ts';
import { mediaLibraryRoutes } from './scripts/media-library.routes.ts';
import { mediaRoutes } from './scripts/media.routes.ts';
import { personalScriptRoutes } from './scripts/personal-scripts.routes.ts';
import { scriptImportRoutes } from './scripts/script-imports.routes.ts';
import { scriptSettingRoutes } from './scripts/script-settings.routes.ts';
import { scriptRoutes } from './scripts/scripts.routes.ts';
import { segmentRoutes } from './segments/segments.routes.ts';
import { sendRoutes } from './sends/sends.routes.ts';
import { consoleStageRoutes } from './stages/console-stages.routes.ts';
import { stageRoutes } from './stages/stages.routes.ts';
import { suggestionRoutes } from './suggestions/suggestions.routes.ts';
import { consoleTagRoutes } from './tags/console-tags.routes.ts';
import { tagRoutes } from './tags/tags.routes.ts';
import { taskRoutes } from './tasks/tasks.routes.ts';
import { timelineRoutes } from './timeline/timeline.routes.ts';
import { callbackRoutes } from './wecom-callback/callback.routes.ts';
import { inboxRoutes } from './wecom-callback/inbox.routes.ts';
import { createCallbackReceiver } from './wecom-callback/receive-callback.ts';
import { type Turns, watchTurns } from './wecom-callback/watch-turns.ts';
import { syncRoutes } from './wecom-sync/sync.routes.ts';
import { writeAnswers } from './write-answers.ts';

export type AppOptions = {
  metrics?: Metrics;
  /** Only tests change what follows. */
  staffRequestsPerMinute?: number;
  sidebarFolder?: string;
  adminFolder?: string;
  turns?: Turns;
};

/** The whole HTTP side: WeCom's callback, and what people ask: first what each of their requests passes through, then every feature by its name. */
export async function buildApp(deps: Deps, options: AppOptions = {}): Promise<App> {
  const { config, clock, log } = deps;
  const metrics = options.metrics ?? createMetrics();
  const trouble = createDatabaseTrouble(clock);
  const turns = options.turns ?? watchTurns();
  const callbacks = createCallbackReceiver({ ...deps, metrics, trouble, turns });
  const app: App = Fastify({
    serverFactory: (answerPerson) =>
      // A file of 20 MB over a slow line takes minutes; one that stops coming is ended by the silence below.
      createServer({ headersTimeout: 30_000, requestTimeout: 300_000, keepAliveTimeout: 72_000 }, (request, response) =>
        callbacks.isFor(request) ? callbacks.receive(request, response) : answerPerson(request, response),
      ).setTimeout(60_000),
    loggerInstance: log,
    genReqId: () => randomUUID(),
    // A proxy on the same machine or in the same private network may say who is asking, and a cloud's own balancer (100.64.0.0/10); nobody else may.
    trustProxy: 'loopback, linklocal, uniquelocal, 100.64.0.0/10',
    bodyLimit: 64 * 1024,
    routerOptions: { maxParamLength: 200 },
    // Metrics count requests; the log keeps what went wrong.
    logController: new LogController({ disableRequestLogging: true }),
    // One log for all requests: one for each, with all that it must keep out, was 31 of the 82 µs that an empty answer costs. Whoever writes names the request.
    childLoggerFactory: (logger) => logger,
    frameworkErrors: answerBrokenAddress,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(writeAnswers);
  answerErrors(app, trouble);
  readJsonBodies(app);
  metrics.observeRequests(app);
  watchFeatures(metrics, deps);
  app.addHook('preClose', async () => callbacks.close());
  app.addHook('onClose', async () => turns.stop());

  const sessions = createSessions(config, clock);
  const principals = createPrincipals(deps);
  const states = createSignInStates(config, clock);
  const beginSignIn = createBeginSignIn(config, sessions, states);
  await app.register(cookie);
  await protectPages(app, config);
  await app.register(compress, { threshold: 1024 });
  readSession(app, sessions);
  refuseForeignWrites(app, config);
  await limitRequests(app, options.staffRequestsPerMinute ?? config.staffRequestsPerMinute);
  await describeApi(app, config.publicUrl, sessions.cookieName);

  healthRoutes(app, deps, { metrics, trouble });
  callbackRoutes(app, deps);
  mediaRoutes(app, deps);
  signInRoutes(app, deps, { sessions, principals, states, beginSignIn });
  const folders = { sidebar: options.sidebarFolder ?? builtApps.sidebar, admin: options.adminFolder ?? builtApps.admin };
  await pageRoutes(app, deps, { principals, beginSignIn, folders });
  await app.register(
    async (scope) => {
      const sidebar: App = scope.withTypeProvider<ZodTypeProvider>();
      requireSession(sidebar, principals);
      jsSignatureRoutes(sidebar, deps);
      customerRoutes(sidebar, deps);
      timelineRoutes(sidebar, deps);
      noteRoutes(sidebar, deps);
      tagRoutes(sidebar, deps);
      stageRoutes(sidebar, deps);
      scriptRoutes(sidebar, deps);
      libraryChangeRoutes(sidebar, deps, principals);
      personalScriptRoutes(sidebar, deps);
      sendRoutes(sidebar, deps);
      suggestionRoutes(sidebar, deps);
      taskRoutes(sidebar, deps);
    },
    { prefix: '/api/sidebar' },
  );
  await app.register(
    async (scope) => {
      const admin: App = scope.withTypeProvider<ZodTypeProvider>();
      requireConsoleSession(admin, principals);
      await admin.register(multipart);
      meRoutes(admin, deps);
      doctorRoutes(admin, deps);
      auditRoutes(admin, deps);
      peopleRoutes(admin, deps, principals);
      syncRoutes(admin, deps);
      inboxRoutes(admin, deps);
      adminScriptRoutes(admin, deps);
      scriptSettingRoutes(admin, deps);
      mediaLibraryRoutes(admin, deps);
      scriptImportRoutes(admin, deps);
      consoleCustomerRoutes(admin, deps);
      bulkChangeRoutes(admin, deps);
      segmentRoutes(admin, deps);
      consoleTagRoutes(admin, deps);
      consoleStageRoutes(admin, deps);
    },
    { prefix: '/api/admin' },
  );
  return app;
}
