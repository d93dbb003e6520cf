import fc from 'fast-check';
import { z } from 'zod';
import type { ApiRoute, JsonSchema, Parameter } from './api-routes.ts';
import { nastyTexts, nastyValues } from './nasty-values.ts';

/** Values that were seen under a name (`externalUserId`), so that a request meets something that is there. */
export type KnownValues = { of(name: string): readonly string[] };

const text = z.string().catch('');
const list = z.array(z.record(z.string(), z.unknown())).catch([]);
const number = (value: unknown, otherwise: number) => (typeof value === 'number' && Number.isFinite(value) ? value : otherwise);

/** Values that the schema takes; `name` finds ids that exist. */
export function fitting(schema: JsonSchema, name: string, known: KnownValues): fc.Arbitrary<unknown> {
  const either = [...list.parse(schema['anyOf']), ...list.parse(schema['oneOf'])];
  if (either.length > 0) return orNull(schema, fc.oneof(...either.map((one) => fitting(one, name, known))));
  const all = list.parse(schema['allOf']);
  if (all.length > 0)
    return fc.tuple(...all.map((one) => fitting(one, name, known))).map((values) => Object.assign({}, ...values.map(Object)));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return orNull(schema, fc.constantFrom(...schema['enum']));
  switch (Array.isArray(schema['type']) ? schema['type'][0] : schema['type']) {
    case 'string':
      return orNull(schema, fittingText(schema, name, known));
    case 'integer':
    case 'number':
      return orNull(schema, fittingNumber(schema, known.of(name).map(Number).filter(Number.isInteger)));
    case 'boolean':
      return orNull(schema, fc.boolean());
    case 'array':
      return orNull(schema, fittingArray(schema, name, known));
    case 'object':
      return orNull(schema, fittingObject(schema, known));
    case 'null':
      return fc.constant(null);
    default:
      return fc.constantFrom(...nastyValues);
  }
}

const orNull = (schema: JsonSchema, values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  schema['nullable'] === true ? fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: values }) : values;

function fittingNumber(schema: JsonSchema, seen: readonly number[]): fc.Arbitrary<number> {
  const min = Math.ceil(number(schema['minimum'], -1_000));
  const max = Math.floor(Math.min(number(schema['maximum'], 1_000), min + 1_000_000));
  const any = fc.integer({ min, max: Math.max(min, max) });
  const fit = seen.filter((value) => value >= min && value <= max);
  return fit.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fit) }, { weight: 1, arbitrary: any }) : any;
}

function fittingArray(schema: JsonSchema, name: string, known: KnownValues): fc.Arbitrary<unknown[]> {
  const items = z.record(z.string(), z.unknown()).catch({}).parse(schema['items']);
  const minLength = number(schema['minItems'], 0);
  // `tagIds` holds what `tagId` names.
  const maxLength = Math.max(minLength, Math.min(number(schema['maxItems'], 4), 4));
  return fc.array(fitting(items, name.replace(/s$/, ''), known), { minLength, maxLength });
}

function fittingObject(schema: JsonSchema, known: KnownValues): fc.Arbitrary<object> {
  const properties = z.record(z.string(), z.record(z.string(), z.unknown())).catch({}).parse(schema['properties']);
  const required = z.array(z.string()).catch([]).parse(schema['required']);
  const model = Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, fitting(property, key, known)]));
  if (Object.keys(model).length === 0)
    return fc.dictionary(fc.constantFrom('a', 'b', '客户称呼'), fc.constantFrom(...nastyTexts), { maxKeys: 2 });
  return fc.record(model, { requiredKeys: required });
}

function fittingText(schema: JsonSchema, name: string, known: KnownValues): fc.Arbitrary<string> {
  const format = text.parse(schema['format']);
  const seen = known.of(name).filter((one) => format !== 'uuid' || /^[0-9a-f-]{36}$/.test(one));
  const ids = seen.length > 0 ? [fc.constantFrom(...seen)] : [];
  if (format === 'uuid') return fc.oneof(...ids.map((arbitrary) => ({ weight: 3, arbitrary })), { weight: 1, arbitrary: fc.uuid() });
  const moment = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2035-01-01') }).map((at) => at.toISOString()),
    },
    { weight: 1, arbitrary: fc.constantFrom('0000-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z') },
  );
  if (format === 'date-time') return moment;
  if (format === 'date') return moment.map((at) => at.slice(0, 10));
  const minLength = number(schema['minLength'], 0);
  const maxLength = number(schema['maxLength'], 60);
  const typed = fc.oneof(
    fc.constantFrom('你好', '林小姐', 'a', '1', ...nastyTexts.filter((one) => one.length <= maxLength)),
    fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) }),
  );
  return ids.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.oneof(...ids) }, { weight: 1, arbitrary: typed }) : typed;
}

export type ApiRequest = { params: Record<string, string>; query: Record<string, string>; body: unknown };

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

function ofParameters(parameters: Parameter[], known: KnownValues, spoiled: boolean): fc.Arbitrary<Record<string, string>> {
  const model = Object.fromEntries(
    parameters.map(({ name, schema }) => {
      const fits = fitting(schema, name, known).map(asText);
      return [name, spoiled ? fc.oneof(fits, fc.constantFrom(...nastyTexts)) : fits];
    }),
  );
  return fc.record(model, { requiredKeys: parameters.filter((one) => one.required || one.in === 'path').map((one) => one.name) });
}

/** One value somewhere inside becomes something else, or a key is lost or doubled. */
function spoil(value: unknown, path: number, by: unknown): unknown {
  if (value === null || typeof value !== 'object' || path % 7 === 0) return by;
  if (Array.isArray(value))
    return value.length === 0 ? [by] : value.map((one, n) => (n === path % value.length ? spoil(one, path >> 2, by) : one));
  const keys = Object.keys(value);
  const key = keys[path % Math.max(1, keys.length)];
  if (key === undefined) return { extra: by };
  return { ...value, [key]: spoil(Object(value)[key], path >> 3, by) };
}

/** A request like this one: as it is, or with something in its body that nobody expects. */
export const spoiled = ({ body, ...rest }: ApiRequest, fits: boolean): fc.Arbitrary<ApiRequest> =>
  fits || body === undefined
    ? fc.constant({ ...rest, body })
    : fc.tuple(fc.nat(), fc.constantFrom(...nastyValues)).map(([path, by]) => ({ ...rest, body: spoil(body, path, by) }));

/** `fits`: a request as the document describes it. Otherwise parts of it are something that nobody expects. */
export function requestsOf(route: ApiRoute, known: KnownValues, fits: boolean): fc.Arbitrary<ApiRequest> {
  const body = route.body === null ? fc.constant(undefined) : fitting(route.body, '', known);
  const notFitting = fc
    .tuple(body, fc.nat(), fc.constantFrom(...nastyValues))
    .map(([value, path, by]) => (route.body === null ? undefined : spoil(value, path, by)));
  return fc.record({
    params: ofParameters(
      route.parameters.filter((one) => one.in === 'path'),
      known,
      !fits,
    ),
    query: ofParameters(
      route.parameters.filter((one) => one.in === 'query'),
      known,
      !fits,
    ),
    body: fits ? body : notFitting,
  });
}
