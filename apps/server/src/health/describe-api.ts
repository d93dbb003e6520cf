import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform } from '@fastify/type-provider-zod';
import type { App } from '../feature.ts';

const description = `What the sidebar and the console ask of the server. \`/api/sidebar\` is for whoever signed in through WeCom, \`/api/admin\` for whoever has
a role that may use the console. Whatever is not 2xx answers \`{error: {code, message, details}}\`: a stable code, and one sentence for the person.`;

const text = { type: 'string' as const };
/** `apiError` of the contract. */
const refusal = {
  type: 'object' as const,
  required: ['error'],
  properties: {
    error: {
      type: 'object' as const,
      required: ['code', 'message'],
      properties: { code: text, message: text, details: { type: 'object' as const } },
    },
  },
};

type Operation = { tags?: string[]; security?: object[]; responses?: Record<string, object> };

/** `/api/sidebar/customers/{externalUserId}/sends` is about customers. */
const nounOf = (path: string): string => path.split('/').find((word) => !['', 'api', 'sidebar', 'admin'].includes(word)) ?? 'api';

/** What holds for every route and is written down by none: its noun, who may ask, how it refuses. */
function completed(path: string, operation: Operation): Operation {
  const session = path.startsWith('/api/') ? [{ session: [] }] : [];
  return {
    ...operation,
    tags: [nounOf(path)],
    security: session,
    responses: { ...operation.responses, default: { $ref: '#/components/responses/refusal' } },
  };
}

/** OpenAPI of everything registered after it: to read at /docs, as JSON at /docs/json. */
export async function describeApi(app: App, publicUrl: string, cookieName: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      info: { title: 'Nextline', version: '1', description },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookieName } },
        responses: {
          refusal: { description: 'A refusal', content: { 'application/json': { schema: refusal } } },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject(document) {
      if (!('openapiObject' in document)) return document.swaggerObject;
      const { paths = {}, ...rest } = document.openapiObject;
      const described = Object.entries(paths).map(([path, operations]) => [
        path,
        Object.fromEntries(
          Object.entries(operations ?? {}).map(([method, operation]) => [method, completed(path, operation as Operation)]),
        ),
      ]);
      return { ...rest, paths: Object.fromEntries(described) };
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
}
