import type { Library } from '@nextline/contract';
import { expect, test } from 'vitest';
import { freshness, librarySource, type LibraryAnswer } from './library-cache.ts';

const library = (version: string): Library => ({ version, folders: [], scripts: [] });

function setUp(kept: Library | null, answers: (LibraryAnswer | Error)[]) {
  const asked: (string | null)[] = [];
  const written: string[] = [];
  const source = librarySource({
    store: {
      read: () => Promise.resolve(kept),
      write: (changed) => {
        written.push(changed.version);
        return Promise.resolve();
      },
    },
    announced: 'v2',
    ask: (known) => {
      asked.push(known);
      const answer = answers.shift();
      if (answer === undefined) throw new Error('asked once too often');
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  return { source, asked, written };
}

test('what is kept needs no question when the page announced that very version, and one later', () => {
  expect(freshness('v2', 'v2', true)).toBe('as_announced');
  expect(freshness('v2', 'v2', false)).toBe('ask');
  expect(freshness('v1', 'v2', true)).toBe('ask');
  expect(freshness(null, 'v2', true)).toBe('fetch');
});

test('a first visit fetches and keeps', async () => {
  const { source, asked, written } = setUp(null, [library('v2')]);
  expect(await source.kept()).toBeNull();
  expect((await source.current()).version).toBe('v2');
  expect(asked).toEqual([null]);
  expect(written).toEqual(['v2']);
});

test('a second visit with the same version asks nothing; asking later costs a 304 and writes nothing', async () => {
  const { source, asked, written } = setUp(library('v2'), ['unchanged']);
  expect((await source.current()).version).toBe('v2');
  expect(asked).toEqual([]);
  expect((await source.current()).version).toBe('v2');
  expect(asked).toEqual(['v2']);
  expect(written).toEqual([]);
});

test('a changed library replaces the kept one, and is what the next question names', async () => {
  const { source, asked, written } = setUp(library('v1'), [library('v2'), 'unchanged']);
  expect((await source.current()).version).toBe('v2');
  expect((await source.kept())?.version).toBe('v2');
  await source.current();
  expect(asked).toEqual(['v1', 'v2']);
  expect(written).toEqual(['v2']);
});

test('when the server cannot be reached the call fails and the kept library is still there', async () => {
  const { source } = setUp(library('v1'), [new Error('offline'), library('v3')]);
  await expect(source.current()).rejects.toThrow('offline');
  expect((await source.kept())?.version).toBe('v1');
  expect((await source.current()).version).toBe('v3');
});

test('an answer of unchanged without anything kept asks for the whole', async () => {
  const { source, asked } = setUp(null, ['unchanged', library('v2')]);
  expect((await source.current()).version).toBe('v2');
  expect(asked).toEqual([null, null]);
});
