import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { App } from '../feature.ts';

/** A schema as the OpenAPI document writes it. */
export type JsonSchema = { [key: string]: unknown };
export type Parameter = { name: string; in: 'path' | 'query' | 'header' | 'cookie'; required: boolean; schema: JsonSchema };
export type ApiRoute = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{name}` for each parameter. */
  path: string;
  parameters: Parameter[];
  /** Null: none, or not JSON. */
  body: JsonSchema | null;
  /** By status; only those that are described. */
  answers: Map<number, z.ZodType>;
};

const document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z
          .array(
            z.object({
              name: z.string(),
              in: z.enum(['path', 'query', 'header', 'cookie']),
              required: z.boolean().default(false),
              schema: z.record(z.string(), z.unknown()),
            }),
          )
          .default([]),
        requestBody: z
          .object({ content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()).optional() })) })
          .optional(),
        responses: z.record(
          z.string(),
          z.object({ content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()).optional() })).optional() }),
        ),
      }),
    ),
  ),
});

const methods: Record<string, ApiRoute['method']> = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' };

/** Every route that the running server describes: a new one is in every test of the whole API from its first day. */
export async function readApiRoutes(app: App): Promise<ApiRoute[]> {
  const answer = await app.inject({ url: '/docs/json' });
  const { paths } = document.parse(answer.json());
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([name, { parameters, requestBody, responses }]) => {
      const method = methods[name];
      if (method === undefined) return [];
      const answers = Object.entries(responses).flatMap(([status, { content }]): [number, z.ZodType][] => {
        const schema = content?.['application/json']?.schema;
        return schema === undefined ? [] : [[Number(status), z.fromJSONSchema(schema, { defaultTarget: 'openapi-3.0' })]];
      });
      return [{ method, path, parameters, body: requestBody?.content['application/json']?.schema ?? null, answers: new Map(answers) }];
    }),
  );
}

/** `GET /api/admin/people`, for a message. */
export const nameOf = ({ method, path }: Pick<ApiRoute, 'method' | 'path'>): string => `${method} ${path}`;

/** By names, so that a new route changes nothing of what the others are asked; `about`: so that no two questions make a thing under the same id. */
export const seedOf = (route: ApiRoute, about = ''): number => crc32(`${nameOf(route)} ${about}`) | 0;

/** Half a character has no UTF-8: what stands for it here is what a broken client would send. */
const inAddress = (text: string) => (text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80');

export function addressOf({ path }: ApiRoute, params: Record<string, string>, query: Record<string, string> = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => inAddress(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
}
