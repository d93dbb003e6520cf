import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import Fastify from 'fastify';
import type { Config } from './config.ts';
import type { App } from './feature.ts';

/** An answer of the API is data: shown as a page it may do nothing at all. */
const policyOfData = "default-src 'none';frame-ancestors 'none'";

/** For an answer that is given before any hook could run. */
export const headersOfRefusal = {
  'content-security-policy': policyOfData,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
};

/** What helmet says for these options: asked once, because none of it depends on the request and building it costs more than a session check. */
async function headersOf(options: FastifyHelmetOptions): Promise<Record<string, string>> {
  const asked = Fastify();
  await asked.register(helmet, options);
  asked.get('/', (_request, reply) => reply.code(204).send());
  const { headers } = await asked.inject('/');
  await asked.close();
  const own = new Set(['date', 'connection', 'content-length', 'content-type', 'keep-alive']);
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (own.has(name) ? [] : [[name, String(value)]])));
}

/** Headers that every answer carries. The WeCom client opens the page on its own, never in a frame. */
export async function protectPages(app: App, config: Config): Promise<void> {
  const https = config.publicUrl.startsWith('https:');
  // Avatars come from wherever WeCom keeps them; a WeCom that is reached without TLS is named.
  const pictures = [
    "'self'",
    'data:',
    'blob:',
    'https:',
    ...(config.wecom.apiUrl.startsWith('http:') ? [new URL(config.wecom.apiUrl).origin] : []),
  ];
  const onPages = await headersOf({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: pictures,
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // The avatars' host would otherwise be told which page shows them.
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: false,
    // Said for browsers that no longer exist, or says nothing that the policy above does not.
    originAgentCluster: false,
    dnsPrefetchControl: false,
    ieNoOpen: false,
    permittedCrossDomainPolicies: false,
    xssFilter: false,
    crossOriginResourcePolicy: { policy: 'same-site' },
  });
  const onData = { ...onPages, 'content-security-policy': policyOfData };
  app.addHook('onRequest', (request, reply, next) => {
    reply.headers(request.url.startsWith('/api/') ? onData : onPages);
    next();
  });
}
