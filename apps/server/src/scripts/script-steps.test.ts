import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideStep, isOnShelf, type Standing, type Step } from './script-steps.ts';

const fresh: Standing = {
  status: 'draft',
  publishedVersion: null,
  retired: false,
  draft: { version: 1, inReview: false, writers: ['lu'] },
};
const steps: Step[] = ['save', 'submit', 'approve', 'reject', 'publish', 'withdraw', 'retire', 'discard'];

function take(standing: Standing, ...asked: [Step, string][]): Standing {
  return asked.reduce((before, [step, by]) => {
    const decision = decideStep(before, { step, by, fourEyes: true });
    if ('refusal' in decision) throw new Error(`${step} by ${by}: ${decision.refusal}`);
    return decision.next;
  }, standing);
}

test('written, submitted, passed by somebody else, taken down', () => {
  const published = take(fresh, ['submit', 'lu'], ['approve', 'shen']);
  expect(published).toEqual({ status: 'published', publishedVersion: 1, retired: false, draft: null });
  expect(take(published, ['retire', 'lu']).status).toBe('retired');
});

test('guides keep the old version while the next one is written and reviewed', () => {
  const next = take(fresh, ['submit', 'lu'], ['approve', 'shen'], ['save', 'shen'], ['submit', 'shen']);
  expect(next).toMatchObject({ status: 'review', publishedVersion: 1, draft: { version: 2 } });
  expect(isOnShelf(next)).toBe(true);
});

test('what somebody wrote a word of, they do not pass; without four eyes they may', () => {
  const both = take(fresh, ['save', 'shen'], ['submit', 'lu']);
  expect(decideStep(both, { step: 'approve', by: 'shen', fourEyes: true })).toEqual({ refusal: 'own_review' });
  expect(decideStep(both, { step: 'approve', by: 'chen', fourEyes: true })).toMatchObject({ publishes: 1 });
  expect(decideStep(both, { step: 'approve', by: 'shen', fourEyes: false })).toMatchObject({ publishes: 1 });
  expect(decideStep(fresh, { step: 'publish', by: 'chen', fourEyes: true })).toEqual({ refusal: 'needs_review' });
});

test('nobody changes a word under the eyes of the reviewer', () => {
  const inReview = take(fresh, ['submit', 'lu']);
  expect(decideStep(inReview, { step: 'save', by: 'lu', fourEyes: true })).toEqual({ refusal: 'wrong_state' });
  expect(take(inReview, ['withdraw', 'lu'], ['save', 'lu']).status).toBe('draft');
});

test('a draft that was never published is gone when it is thrown away; another leaves what guides have', () => {
  expect(decideStep(fresh, { step: 'discard', by: 'lu', fourEyes: true })).toMatchObject({ gone: true });
  const next = take(fresh, ['submit', 'lu'], ['approve', 'shen'], ['save', 'lu']);
  expect(decideStep(next, { step: 'discard', by: 'lu', fourEyes: true })).toMatchObject({ gone: false, next: { status: 'published' } });
});

test('whatever is tapped in whatever order: versions only grow, no own words are passed, the status says what is', () => {
  const person = fc.constantFrom('lu', 'shen', 'chen');
  fc.assert(
    fc.property(fc.array(fc.record({ step: fc.constantFrom(...steps), by: person, fourEyes: fc.boolean() }), { maxLength: 40 }), (taps) => {
      let standing = fresh;
      for (const tap of taps) {
        const before = standing;
        const decision = decideStep(before, tap);
        if ('refusal' in decision) continue;
        if (decision.gone) return;
        standing = decision.next;
        const { draft, publishedVersion } = standing;
        const published = decision.publishes !== null;
        expect(published ? (publishedVersion ?? 0) > (before.publishedVersion ?? 0) : publishedVersion === before.publishedVersion).toBe(
          true,
        );
        expect(published && tap.fourEyes && before.draft?.writers.includes(tap.by)).not.toBe(true);
        const holds = {
          draft: draft !== null,
          review: draft?.inReview === true,
          published: isOnShelf(standing),
          retired: standing.retired,
        };
        expect(holds[standing.status]).toBe(true);
        expect(draft?.inReview === true).toBe(standing.status === 'review');
        expect(draft === null || draft.version > (publishedVersion ?? 0)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
