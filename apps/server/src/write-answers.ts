import fastJson, { type Schema } from 'fast-json-stringify';
import { z } from 'zod';

/** What decides how a value is written. The rest of a schema says which values are allowed: that is asked of what comes in. */
const writable = (schema: z.ZodType) =>
  z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'output',
    unrepresentable: 'any',
    override({ jsonSchema }) {
      delete jsonSchema.format;
      delete jsonSchema.pattern;
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });

type Write = (value: unknown) => string;

/** A guide waits for these. All the others are some 3 ms of a first answer, and together a third of a second of every start. */
const compiledAtStart = ['/api/sidebar/'];

/**
 * Writes answers by their schema: a key that the contract does not name never leaves, one that is missing is an error. A writer compiled per route
 * takes a third of the time of checking the value with zod and writing what it returns, and a panel is 7 kB.
 */
export function writeAnswers({ schema, url = '' }: { schema: unknown; url?: string }): Write {
  if (!(schema instanceof z.ZodType)) throw new TypeError('the schema of an answer is written in zod');
  const compile = (): Write => fastJson(writable(schema) as Schema);
  let write = compiledAtStart.some((prefix) => url.startsWith(prefix)) ? compile() : null;
  return (value) => (write ??= compile())(value);
}
