import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerAvatarRoutes } from './avatars/avatars.routes.ts';
import { registerBridgeRoutes } from './bridge/bridge.routes.ts';
import { registerCgiBinRoutes } from './cgi-bin/cgi-bin.routes.ts';
import { registerCustomerRoutes } from './control/customers.routes.ts';
import { ControlRefusal } from './control/refusal.ts';
import { registerSwitchRoutes } from './control/switches.routes.ts';
import { registerTagRoutes } from './control/tags.routes.ts';
import { registerWorldRoutes } from './control/world.routes.ts';
import { registerOauthRoutes } from './oauth/oauth.routes.ts';
import type { Simulator } from './simulator.ts';
import { registerChatRoutes } from './wecom-client/chats.routes.ts';
import { registerClientPageRoutes } from './wecom-client/client-page.routes.ts';

/** Everything that the simulator serves on its own port, in one list. */
export async function buildApp(sim: Simulator, log: boolean): Promise<FastifyInstance> {
  const app = Fastify({ logger: log, bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true, routerOptions: { maxParamLength: 400 } });
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof ControlRefusal) return reply.code(error.status).send({ error: error.message });
    const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
    if (status >= 500) app.log.error(error);
    return reply.code(status).send({ error: error instanceof Error ? error.message : String(error) });
  });
  // WeCom's clock, so that whoever moves it can be seen to follow.
  app.addHook('onSend', async (_request, reply) => void reply.header('date', new Date(sim.clock.now()).toUTCString()));
  await app.register(formbody);
  await registerCgiBinRoutes(app, sim);
  registerWorldRoutes(app, sim);
  registerCustomerRoutes(app, sim);
  registerSwitchRoutes(app, sim);
  registerTagRoutes(app, sim);
  registerOauthRoutes(app, sim);
  registerBridgeRoutes(app, sim);
  registerChatRoutes(app, sim);
  registerAvatarRoutes(app);
  await registerClientPageRoutes(app, sim);
  return app;
}
