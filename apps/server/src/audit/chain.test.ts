import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChainEntry, chainStart, checkLinks, link, type SealedEntry } from './chain.ts';

const start = chainStart('ww1');
const entries = fc.array(
  fc.record({
    at: fc.date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2030-01-01') }),
    entryId: fc.uuid(),
    staffUserId: fc.option(fc.string()),
    action: fc.constantFrom('script.publish', 'customer.view'),
    subjectKind: fc.constant('script'),
    subjectId: fc.string(),
    detail: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
  }),
  { minLength: 1, maxLength: 12 },
);

function chained(told: ChainEntry[]): SealedEntry[] {
  let end = start;
  return told.map((entry) => {
    const seal = link(end, entry);
    end = seal;
    return { ...entry, ...seal };
  });
}
const sealed = entries.map(chained);
const withPlace = sealed.chain((chain) => fc.tuple(fc.constant(chain), fc.nat(chain.length - 1)));
const faultsOf = (chain: SealedEntry[]) => checkLinks(start, chain).faults;

test('a chain that nobody touched has no fault, read at once or in pages', () => {
  fc.assert(
    fc.property(withPlace, ([chain, at]) => {
      expect(faultsOf(chain)).toEqual([]);
      const first = checkLinks(start, chain.slice(0, at));
      const rest = checkLinks(first.end, chain.slice(at));
      expect([...first.faults, ...rest.faults]).toEqual([]);
      expect(rest.end).toEqual({ seq: chain.length, hash: chain.at(-1)?.hash });
    }),
  );
});

test('T23: whichever entry is deleted, its place is named; only the last one leaves no gap behind, and then the chain ends too early', () => {
  fc.assert(
    fc.property(withPlace, ([chain, at]) => {
      const without = chain.filter((_, n) => n !== at);
      const { end, faults } = checkLinks(start, without);
      const isLast = at === chain.length - 1;
      expect(faults).toEqual(isLast ? [] : [{ kind: 'missing', fromSeq: at + 1, toSeq: at + 1 }]);
      expect(end.seq).toBe(isLast ? chain.length - 1 : chain.length);
    }),
  );
});

test('T23: whatever is altered in an entry is noticed there, or where the next one no longer fits', () => {
  const change = fc.constantFrom<(entry: SealedEntry) => SealedEntry>(
    (entry) => ({ ...entry, staffUserId: `${entry.staffUserId}x` }),
    (entry) => ({ ...entry, subjectId: `${entry.subjectId}x` }),
    (entry) => ({ ...entry, at: new Date(entry.at.getTime() + 1) }),
    (entry) => ({ ...entry, detail: { other: entry.detail } }),
    (entry) => ({ ...entry, action: 'script.view' }),
    (entry) => ({ ...entry, hash: 'f'.repeat(64) }),
  );
  fc.assert(
    fc.property(withPlace, change, ([chain, at], alter) => {
      const faults = faultsOf(chain.map((entry, n) => (n === at ? alter(entry) : entry)));
      expect(faults[0]).toMatchObject({ kind: 'altered', seq: at + 1 });
    }),
  );
});

test('T23: an entry that is altered and given a fitting hash breaks the one behind it', () => {
  const [first, second] = chained([
    {
      at: new Date(0),
      entryId: 'a',
      staffUserId: 'shen',
      action: 'customer.export',
      subjectKind: 'customer',
      subjectId: 'wm1',
      detail: {},
    },
    { at: new Date(1), entryId: 'b', staffUserId: 'shen', action: 'customer.view', subjectKind: 'customer', subjectId: 'wm1', detail: {} },
  ]);
  if (!first || !second) throw new Error('two entries make a chain of two');
  const forged = { ...first, staffUserId: 'qian' };
  expect(faultsOf([{ ...forged, ...link(start, forged) }, second])).toEqual([{ kind: 'altered', seq: 2, entryId: 'b', at: second.at }]);
});

test('two entries that claim one place, and one that was put where another stood, are told', () => {
  const chain = chained([
    { at: new Date(0), entryId: 'a', staffUserId: null, action: 'x', subjectKind: 'k', subjectId: '1', detail: {} },
    { at: new Date(1), entryId: 'b', staffUserId: null, action: 'x', subjectKind: 'k', subjectId: '2', detail: {} },
  ]);
  const [first, second] = chain;
  if (!first || !second) throw new Error('two entries make a chain of two');
  expect(faultsOf([first, { ...first, entryId: 'c' }, second])).toEqual([{ kind: 'doubled', seq: 1, entryId: 'c', at: first.at }]);
  expect(
    faultsOf([
      { ...second, seq: 1 },
      { ...first, seq: 2 },
    ]).map((fault) => fault.kind),
  ).toEqual(['altered', 'altered']);
});

test('the order in which the database keeps the keys of a detail makes no difference, what they say does', () => {
  const entry = { at: new Date(0), entryId: 'a', staffUserId: null, action: 'x', subjectKind: 'k', subjectId: '1' };
  const hash = (detail: unknown) => link(start, { ...entry, detail }).hash;
  expect(hash({ a: 1, b: { c: [1, 2], d: null } })).toBe(hash({ b: { d: null, c: [1, 2] }, a: 1 }));
  expect(hash({ a: 1, b: { c: [2, 1], d: null } })).not.toBe(hash({ b: { d: null, c: [1, 2] }, a: 1 }));
});
