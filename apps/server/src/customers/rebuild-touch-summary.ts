import {
  asOf,
  emptySummary,
  engagementWeights,
  type Order,
  type Outcome,
  type Touch,
  type TouchSummary,
  withInstant,
  withOrder,
  withOutcome,
  withTouch,
} from './touch-summary.ts';

export type Ledgers = {
  touches: Touch[];
  outcomes: Outcome[];
  orders: Order[];
  /** When marketing sends began that are open and have not reached her. */
  reservations: Date[];
};

/** The summary as the ledgers tell it: what the row must always equal, and what repairs it. */
export function rebuildTouchSummary(ledgers: Ledgers, now: Date, timeZone: string): TouchSummary {
  type Step = { at: Date; apply: (summary: TouchSummary) => TouchSummary };
  // In the order of time; at the same instant she comes first, so that a touch answers what was asked in its moment.
  const steps: Step[] = [
    ...ledgers.outcomes.map((outcome) => ({ at: outcome.occurredAt, apply: (s: TouchSummary) => withOutcome(s, outcome, timeZone) })),
    ...ledgers.orders.map((order) => ({ at: order.orderedAt, apply: (s: TouchSummary) => withOrder(s, order) })),
    ...ledgers.touches.map((touch) => ({ at: touch.touchedAt, apply: (s: TouchSummary) => withTouch(s, touch, timeZone) })),
    ...ledgers.reservations.map((at) => ({
      at,
      apply: (s: TouchSummary) => ({ ...s, marketingTouchedAt: withInstant(s.marketingTouchedAt, at) }),
    })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  return asOf(
    steps.reduce((summary, step) => step.apply(summary), emptySummary),
    now,
    timeZone,
  );
}

/** When she last did something by herself. */
export function lastEngagedAt(outcomes: Outcome[]): Date | null {
  const engaged = outcomes.filter((outcome) => engagementWeights[outcome.kind] > 0).map((outcome) => outcome.occurredAt.getTime());
  return engaged.length === 0 ? null : new Date(Math.max(...engaged));
}
