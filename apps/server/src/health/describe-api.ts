import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform } from '@fastify/type-provider-zod';
import type { App } from '../feature.ts';

/** OpenAPI of everything registered after it: to read at /docs, as JSON at /docs/json. */
export async function describeApi(app: App, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'Nextline',
        version: '1',
        description:
          'What the sidebar asks of the server. A session cookie is needed under /api/sidebar; every refusal is {error: {code, message, details}}.',
      },
      servers: [{ url: publicUrl }],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
}
