import type { Role } from '@nextline/contract';
import type { WeCom } from '@nextline/wecom';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import type { WeComHealth } from './wecom-sync/wecom-health.ts';

/** Fastify that knows zod: a route's schema types its request and its reply. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What a feature is handed. Nothing else is reached for. */
export type Deps = {
  db: Database;
  clock: Clock;
  wecom: WeCom;
  /** Whether WeCom answers at the moment: what the panel says about the age of its data. */
  wecomHealth: WeComHealth;
  config: Config;
  log: FastifyBaseLogger;
};

/** Who is asking: from the session, checked against the staff table at most 30 s ago. */
export type Principal = {
  staffUserId: string;
  name: string;
  role: Role;
  storeId: string | null;
  /** Mobile numbers in full: what the role does by default, or the corp's own rule. */
  seesMobiles: boolean;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the session check before any handler under `/api/sidebar` runs. */
    principal: Principal;
  }
}
