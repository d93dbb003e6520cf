import { z } from 'zod';
import type { ApiRoute, JsonSchema } from './api-routes.ts';

/** Fields that hold an id under another name than its noun's. */
const named = {
  add: 'tagId',
  remove: 'tagId',
  tagsAny: 'tagId',
  tagsAll: 'tagId',
  tagsNone: 'tagId',
  guideId: 'staffUserId',
  ownerUserId: 'staffUserId',
  who: 'staffUserId',
  subject: 'externalUserId',
  moveTo: 'stageId',
  toStageId: 'stageId',
  fromStageId: 'stageId',
  parentId: 'folderId',
} as const;

const nouns = [
  'externalUserId',
  'staffUserId',
  'stageId',
  'tagId',
  'groupId',
  'storeId',
  'scriptId',
  'folderId',
  'taskId',
  'sendId',
  'listId',
  'noteId',
  'ruleId',
  'segmentId',
  'bulkId',
  'importId',
  'sha256',
] as const;
export type IdName = (typeof nouns)[number];

/** Whose id it is that stands under this name; null: none. Lists have lost their plural s. */
export function idNamed(name: string): IdName | null {
  const noun = Object.entries(named).find(([alias]) => alias === name)?.[1] ?? name;
  return nouns.find((one) => one === noun) ?? null;
}

const record = z.record(z.string(), z.unknown()).catch({});
const list = z.array(z.record(z.string(), z.unknown())).catch([]);

function namesIn(schema: JsonSchema, name: string): string[] {
  const either = [...list.parse(schema['anyOf']), ...list.parse(schema['oneOf']), ...list.parse(schema['allOf'])];
  const properties = Object.entries(record.parse(schema['properties']));
  const items = record.parse(schema['items']);
  return [
    ...(schema['type'] === 'string' ? [name] : []),
    ...either.flatMap((one) => namesIn(one, name)),
    ...properties.flatMap(([key, property]) => namesIn(record.parse(property), key)),
    ...(Object.keys(items).length > 0 ? namesIn(items, name.replace(/s$/, '')) : []),
  ];
}

/** The ids that a request of this route may hold beside those of its path. */
export function idsIn({ body, parameters }: ApiRoute): IdName[] {
  const query = parameters
    .filter((one) => one.in === 'query')
    .flatMap(({ name, schema }) => (name === 'filter' ? ['tagsAny', 'stageId', 'storeId', 'guideId'] : namesIn(schema, name)));
  const names = [...query, ...(body === null ? [] : namesIn(body, ''))];
  return [...new Set(names.flatMap((name) => idNamed(name) ?? []))];
}
