import { z } from 'zod';
import type { DatabaseTrouble } from '../database-trouble.ts';
import { routeNotFound } from '../errors.ts';
import { cached } from '../cached.ts';
import type { App, Deps } from '../feature.ts';
import { mediaNow } from '../scripts/media-now.ts';
import { inboxProgress } from '../wecom-callback/inbox-progress.ts';
import { syncProgress } from '../wecom-sync/sync-progress.ts';
import { whyEmptyInWords } from '../wecom-sync/why-empty.ts';
import type { Metrics } from './metrics.ts';
import { isPrivateAddress } from './private-address.ts';

const sync = z.object({
  finished: z.boolean(),
  phase: z.enum(['waiting', 'staff', 'tags', 'customers', 'missing', 'done']),
  staffDone: z.number(),
  staffTotal: z.number(),
  customersStored: z.number(),
  /** Only for somebody inside the private network: why staff came back empty, and what failed last. */
  reasons: z.record(z.string(), z.string()).optional(),
  failure: z.string().nullable().optional(),
});
const wecom = z.object({
  reachable: z.boolean(),
  lastError: z.object({ errcode: z.number().nullable(), sentence: z.string(), at: z.string() }).nullable(),
});
const databaseTrouble = z.object({ kind: z.enum(['disk_full', 'statement_timeout', 'deadlock']), sentence: z.string(), at: z.string() });
const ready = z.object({
  database: z.literal('ok'),
  /** It answers, and yet this happened within the last five minutes. */
  databaseTrouble: databaseTrouble.nullable(),
  wecom,
  sync,
  callbacks: z.object({
    waiting: z.number(),
    failing: z.number(),
    oldestSeconds: z.number(),
    dead: z.number(),
    lagSeconds: z.number(),
  }),
  /** Files that published scripts use, and whether they lie at WeCom. */
  media: z.object({
    used: z.number(),
    ready: z.number(),
    failing: z.number(),
    /** Only for somebody inside the private network. */
    troubles: z.array(z.object({ title: z.string(), reason: z.string(), since: z.string(), diesAt: z.string().nullable() })).optional(),
  }),
});
const notReady = z.object({ database: z.literal('away'), wecom });

/** Alive: the process answers. Ready: it can do its work; WeCom being away does not keep it from serving what is stored. */
export function healthRoutes(
  app: App,
  { db, clock, config, wecomHealth, log }: Pick<Deps, 'db' | 'clock' | 'config' | 'wecomHealth' | 'log'>,
  { metrics, trouble }: { metrics: Metrics; trouble: DatabaseTrouble },
): void {
  app.get('/health/live', { schema: { response: { 200: z.object({ alive: z.literal(true) }) } } }, () => ({ alive: true as const }));

  const wecomNow = () => {
    const error = wecomHealth.lastError();
    return {
      reachable: wecomHealth.reachable(),
      lastError: error && { errcode: error.errcode, sentence: error.sentence, at: error.at.toISOString() },
    };
  };

  // Anybody may ask, and as often as they like: whoever comes while the store is being asked gets the same answer.
  const state = cached({
    clock,
    load: () => Promise.all([syncProgress(db), inboxProgress(db), mediaNow({ db, config, wecomHealth })]),
    freshMs: 0,
    staleMs: 0,
  });

  app.get('/health/ready', { schema: { response: { 200: ready, 503: notReady } } }, async (request, reply) => {
    try {
      const [progress, callbacks, files] = await state.get();
      const { reasons, failure, ...open } = progress;
      const isInside = isPrivateAddress(request.ip);
      const sentences = Object.fromEntries(Object.entries(reasons).map(([staff, reason]) => [staff, whyEmptyInWords(reason)['zh-CN']]));
      const inside = isInside ? { reasons: sentences, failure } : {};
      const troubles = files.failing.map((file) => ({
        ...file,
        since: file.since.toISOString(),
        diesAt: file.diesAt?.toISOString() ?? null,
      }));
      const media = { used: files.used, ready: files.ready, failing: files.failing.length, ...(isInside && { troubles }) };
      const last = trouble.recent();
      const databaseTrouble = last && { ...last, at: last.at.toISOString() };
      return { database: 'ok' as const, databaseTrouble, wecom: wecomNow(), sync: { ...open, ...inside }, callbacks, media };
    } catch (error) {
      trouble.observe(error);
      log.warn({ err: error }, 'not ready: the database cannot be asked');
      return reply.code(503).header('retry-after', 3).send({ database: 'away', wecom: wecomNow() });
    }
  });

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isPrivateAddress(request.ip)) throw routeNotFound();
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
