import { library, panel } from '@nextline/contract';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { writeAnswers } from './write-answers.ts';

test('a key that the contract does not name stays here, however deep', () => {
  const schema = z.object({
    name: z.string(),
    stage: z.object({ id: z.string() }).nullable(),
    tags: z.array(z.object({ id: z.string() })),
  });
  const write = writeAnswers({ schema });
  const value = { name: '林', secret: 1, stage: { id: 's1', secret: 2 }, tags: [{ id: 't1', secret: 3 }] };
  expect(JSON.parse(write(value))).toEqual({ name: '林', stage: { id: 's1' }, tags: [{ id: 't1' }] });
  expect(JSON.parse(write({ ...value, stage: null }))).toMatchObject({ stage: null });
});

test('a key that is missing is an error, not a hole', () => {
  const write = writeAnswers({ schema: z.object({ name: z.string() }) });
  expect(() => write({})).toThrow('"name" is required');
});

test('each kind of a union is written by its own shape, and none of them by accident', () => {
  const part = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('file'), size: z.number().int(), cover: z.string().nullable() }),
  ]);
  const write = writeAnswers({ schema: z.object({ parts: z.array(part) }) });
  const parts = [
    { kind: 'text', text: 'a "quote", 🌸 and \u2028' },
    { kind: 'file', size: 3, cover: null },
  ];
  expect(JSON.parse(write({ parts: [{ ...parts[0], path: '/etc' }, parts[1]] }))).toEqual({ parts });
  expect(() => write({ parts: [{ kind: 'voice' }] })).toThrow('does not match schema');
});

test('text is escaped also where the contract expects a date', () => {
  const write = writeAnswers({ schema: z.object({ at: z.iso.datetime() }) });
  expect(JSON.parse(write({ at: '"},"x":"' }))).toEqual({ at: '"},"x":"' });
});

test('the contract’s own shapes have a writer', () => {
  expect(() => [panel, library].map((schema) => writeAnswers({ schema }))).not.toThrow();
});
