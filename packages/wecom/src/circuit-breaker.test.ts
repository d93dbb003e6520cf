import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakerStep, quietBreaker, type BreakerDecision, type BreakerEvent, type BreakerState } from './circuit-breaker.ts';

const pauses = { firstMs: 1000, longestMs: 10_000 };
const start = 1_780_000_000_000;
const ask: BreakerEvent = { kind: 'ask', slow: false };

/** A breaker that moves through time. */
function breaker() {
  let state: BreakerState = quietBreaker;
  const self = {
    now: start,
    state: () => state,
    step(event: BreakerEvent): BreakerDecision {
      const next = breakerStep(state, event, self.now, pauses);
      state = next.state;
      return next.decision;
    },
    at(ms: number, event: BreakerEvent): BreakerDecision {
      self.now = start + ms;
      return self.step(event);
    },
    ended: (outcome: 'answered' | 'failed' | 'silent', sentMs: number): BreakerEvent => ({
      kind: 'ended',
      sentAt: start + sentMs,
      outcome,
    }),
  };
  return self;
}

test('failures that go on for a second open it, with the time of the next try', () => {
  const b = breaker();
  for (const ms of [0, 300, 600, 900]) expect([b.at(ms, ask), b.at(ms + 10, b.ended('failed', ms))]).toContainEqual({ go: true });
  b.at(1200, ask);
  b.at(1210, b.ended('failed', 1200));
  expect(b.at(1211, ask)).toEqual({ go: false, retryAfterMs: 999 });
});

test('a hundred connections that break in one moment do not open it', () => {
  const b = breaker();
  for (let nth = 0; nth < 100; nth += 1) b.at(0, ask);
  for (let nth = 0; nth < 100; nth += 1) b.at(50, b.ended('failed', 0));
  expect(b.at(50_000, ask)).toEqual({ go: true });
});

test('two calls without an answer for four seconds open it while they still wait', () => {
  const b = breaker();
  b.at(0, ask);
  b.at(200, ask);
  expect(b.at(3900, ask)).toEqual({ go: true });
  expect(b.at(4200, ask)).toEqual({ go: false, retryAfterMs: 1000 });
});

test('slow uploads do not open it, nor silent calls while others are answered', () => {
  const uploads = breaker();
  for (const ms of [0, 1, 2, 3]) uploads.at(ms, { kind: 'ask', slow: true });
  expect(uploads.at(9000, ask)).toEqual({ go: true });
  const busy = breaker();
  for (const ms of [0, 1, 2, 3]) busy.at(ms, ask);
  busy.at(3000, busy.ended('answered', 3));
  expect(busy.at(6000, ask)).toEqual({ go: true });
});

test('half open, one call finds out: its answer closes, its failure opens for twice as long', () => {
  const b = breaker();
  for (const ms of [0, 100, 5000]) b.at(ms, ask);
  expect(b.at(5999, ask)).toMatchObject({ go: false, retryAfterMs: 1 });
  expect(b.at(6000, ask)).toEqual({ go: true });
  expect(b.at(6001, ask)).toMatchObject({ go: false });
  b.at(6100, b.ended('silent', 0));
  expect(b.state().kind).toBe('probing');
  b.at(6500, b.ended('failed', 6000));
  expect(b.at(6500, ask)).toEqual({ go: false, retryAfterMs: 2000 });
  expect(b.at(8500, ask)).toEqual({ go: true });
  b.at(8600, b.ended('answered', 8500));
  expect([b.at(8600, ask), b.at(8600, ask)]).toEqual([{ go: true }, { go: true }]);
});

const events = fc.array(
  fc.record({
    gap: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 1500 }),
      fc.integer({ min: 0, max: 90_000 }),
      fc.integer({ min: -90_000, max: 0 }),
    ),
    does: fc.constantFrom('ask', 'ask', 'answered', 'failed', 'silent'),
    which: fc.nat(20),
  }),
  { maxLength: 200 },
);

/** Any mixture of calls and outcomes; the clock may be set back. */
function live(
  story: ReadonlyArray<{ gap: number; does: string; which: number }>,
  seen: (b: ReturnType<typeof breaker>, did: BreakerDecision | 'ended') => void,
) {
  const b = breaker();
  const underway: number[] = [];
  for (const { gap, does, which } of story) {
    b.now += gap;
    if (does === 'ask') {
      const decision = b.step(ask);
      if (decision.go) underway.push(b.now);
      seen(b, decision);
    } else if (underway.length > 0) {
      const [sentAt = 0] = underway.splice(which % underway.length, 1);
      b.step({ kind: 'ended', sentAt, outcome: does === 'answered' || does === 'failed' ? does : 'silent' });
      seen(b, 'ended');
    }
  }
  return b;
}

test('whatever happened, a refusal names a time within ten seconds at which a call is let out', () => {
  fc.assert(
    fc.property(events, (story) => {
      live(story, (b, did) => {
        if (did === 'ended' || did.go) return;
        expect(did.retryAfterMs).toBeGreaterThan(0);
        expect(did.retryAfterMs).toBeLessThanOrEqual(10_000);
        expect(breakerStep(b.state(), ask, b.now + did.retryAfterMs, pauses).decision).toEqual({ go: true });
      });
    }),
  );
});

test('whatever happened, one answer closes it', () => {
  fc.assert(
    fc.property(events, (story) => {
      const b = live(story, () => undefined);
      b.step({ kind: 'ended', sentAt: b.now, outcome: 'answered' });
      expect(b.step(ask)).toEqual({ go: true });
    }),
  );
});

test('without any answer, calls that fail are at most a few before it opens and one per pause after that', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 200, maxLength: 400 }), (arrivals) => {
      const b = breaker();
      const sent: number[] = [];
      for (const gap of arrivals) {
        b.now += gap;
        if (!b.step(ask).go) continue;
        sent.push(b.now);
        b.step({ kind: 'ended', sentAt: b.now, outcome: 'failed' });
      }
      const since = (sent[0] ?? 0) + 5000;
      const later = sent.filter((at) => at > since);
      later.slice(1).forEach((at, index) => expect(at - (later[index] ?? 0)).toBeGreaterThanOrEqual(1000));
    }),
  );
});
