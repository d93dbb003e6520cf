import helmet from '@fastify/helmet';
import type { Config } from './config.ts';
import type { App } from './feature.ts';

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
  await app.register(helmet, {
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
}
