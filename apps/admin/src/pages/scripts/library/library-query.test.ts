import { expect, test } from 'vitest';
import { readLibraryQuery, writeLibraryQuery } from './library-query.ts';

test('what the list shows is read back from the address that it wrote', () => {
  const query = { q: 'jinghua', folderId: 'care', status: 'review', audience: 'stores' } as const;
  expect(readLibraryQuery(writeLibraryQuery(query))).toEqual(query);
});

test('an address that somebody made up shows the whole library', () => {
  expect(readLibraryQuery({ status: 'nonsense', audience: ['x', 'y'], folder: '' })).toEqual({
    q: '',
    folderId: null,
    status: null,
    audience: null,
  });
});
