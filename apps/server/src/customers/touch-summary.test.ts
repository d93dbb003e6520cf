import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastEngagedAt, rebuildTouchSummary } from './rebuild-touch-summary.ts';
import { asOf, emptySummary, type Outcome, type Touch, withOrder, withOutcome, withoutInstant, withTouch } from './touch-summary.ts';

const zone = 'Asia/Shanghai';
const at = (text: string) => new Date(`${text}+08:00`);
const now = at('2026-06-09T14:32:00');
const touch = (when: string, more: Partial<Touch> = {}): Touch => ({
  touchedAt: at(when),
  title: '使用回访',
  purpose: 'service',
  scriptId: 's1',
  staffUserId: 'zhou',
  ...more,
});
const asked: Outcome = { kind: 'reply', summary: '防晒能和精华叠着用吗', occurredAt: at('2026-06-06T20:41:00') };

test('a question stays open until a service message reaches her; marketing is no answer', () => {
  const open = withOutcome(emptySummary, asked, zone);
  expect(open.openQuestion?.text).toBe('防晒能和精华叠着用吗');
  expect(withTouch(open, touch('2026-06-08T11:20:00', { purpose: 'marketing' }), zone).openQuestion).not.toBeNull();
  expect(withTouch(open, touch('2026-06-08T11:20:00'), zone).openQuestion).toBeNull();
  expect(withTouch(open, touch('2026-06-05T11:20:00'), zone).openQuestion).not.toBeNull();
});

test('a question that is told after its answer is not opened again', () => {
  const answered = withTouch(emptySummary, touch('2026-06-06T21:00:00'), zone);
  expect(withOutcome(answered, asked, zone).openQuestion).toBeNull();
});

test('replies are counted by the hour of the corp and raise the pulse of its day', () => {
  const summary = withOutcome(emptySummary, asked, zone);
  expect(summary.replyHours[20]).toBe(1);
  expect(summary.pulseCustomer).toEqual({ [Date.parse('2026-06-06') / 86_400_000]: 2 });
});

test('ten touches are kept, newest first, and every script remembers when it last reached her', () => {
  let summary = emptySummary;
  for (let day = 1; day <= 12; day += 1) summary = withTouch(summary, touch(`2026-05-${String(day).padStart(2, '0')}T10:00:00`), zone);
  expect(summary.recentTouches).toHaveLength(10);
  expect(summary.recentTouches[0]?.at).toBe(at('2026-05-12T10:00:00').toISOString());
  expect(summary.sentScripts).toEqual({ s1: at('2026-05-12T10:00:00').toISOString() });
});

test('the last order is the newest one, whichever is told last', () => {
  const newer = { orderId: 'o2', items: [{ name: '舒缓精华', quantity: 1 }], orderedAt: at('2026-06-02T15:30:00') };
  const older = { orderId: 'o1', items: [{ name: '修护面霜', quantity: 1 }], orderedAt: at('2026-05-16T20:20:00') };
  expect(withOrder(withOrder(emptySummary, newer), older).lastOrder?.item).toBe('舒缓精华');
});

test('taking back a reservation takes exactly one', () => {
  const instant = at('2026-06-09T10:00:00');
  expect(withoutInstant([instant, instant], instant)).toEqual([instant]);
  expect(withoutInstant([instant], at('2026-06-09T10:00:01'))).toEqual([instant]);
});

test('what is too old for the panel and the guard is dropped', () => {
  const summary = withTouch(emptySummary, touch('2026-04-01T10:00:00', { purpose: 'marketing' }), zone);
  expect(asOf(summary, now, zone)).toMatchObject({ marketingTouchedAt: [], pulseUs: {} });
});

test('only what she did by herself counts as engagement', () => {
  const left: Outcome = { kind: 'unfollowed', summary: null, occurredAt: now };
  expect(lastEngagedAt([asked, left])).toEqual(asked.occurredAt);
  expect(lastEngagedAt([left])).toBeNull();
});

test('told one by one in the order of time or rebuilt from the ledgers in any order: the same row', () => {
  const instants = fc.integer({ min: 0, max: 90 * 24 }).map((hoursAgo) => new Date(now.getTime() - hoursAgo * 3_600_000));
  const touches = fc.record({
    touchedAt: instants,
    title: fc.constant('t'),
    purpose: fc.constantFrom('service' as const, 'marketing' as const),
    scriptId: fc.constantFrom('s1', 's2', null),
    staffUserId: fc.constant('zhou'),
  });
  const outcomes = fc.record({
    kind: fc.constantFrom('reply' as const, 'visit' as const),
    summary: fc.constantFrom('问', null),
    occurredAt: instants,
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(touches, { selector: (t) => t.touchedAt.getTime() }),
      fc.uniqueArray(outcomes, { selector: (o) => o.occurredAt.getTime() }),
      (t, o) => {
        const steps = [
          ...o.map((outcome) => ({ at: outcome.occurredAt.getTime(), outcome, touch: undefined })),
          ...t.map((touch) => ({ at: touch.touchedAt.getTime(), outcome: undefined, touch })),
        ].sort((a, b) => a.at - b.at);
        let told = emptySummary;
        for (const step of steps) {
          if (step.touch) told = withTouch(told, step.touch, zone);
          if (step.outcome) told = withOutcome(told, step.outcome, zone);
        }
        expect(rebuildTouchSummary({ touches: t, outcomes: o, orders: [], reservations: [] }, now, zone)).toEqual(asOf(told, now, zone));
      },
    ),
  );
});
