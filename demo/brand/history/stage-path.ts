import type { StageKey } from '../stages.ts';
import { daysAfter, daysBetween, minutesAfter } from './days.ts';
import type { OrderRow, OutcomeRow, StageMoveRow } from './life.ts';
import { uuidFor } from './lots.ts';
import type { Person } from './person.ts';

const asleepAfterDays = 90;

/** Her way through the pipeline, as far as what happened tells it: each move at its moment. The last one is where she is. */
export function stagePath(
  person: Person,
  happened: { orders: readonly OrderRow[]; outcomes: readonly OutcomeRow[] },
  now: Date,
): { stageId: StageKey; moves: StageMoveRow[] } {
  const steps: { at: Date; to: StageKey; why: string; byGuide: boolean }[] = [
    { at: minutesAfter(person.followedAt, 1), to: 'prospect', why: '加上了联系人', byGuide: false },
  ];
  const step = (at: Date | undefined, to: StageKey, why: string, byGuide = false): void => {
    if (at !== undefined && at > (steps.at(-1)?.at ?? person.followedAt) && at < now) steps.push({ at, to, why, byGuide });
  };
  const [first, second] = happened.orders;
  // Somebody who asks twice has something in mind.
  const asked = happened.outcomes.filter(({ kind, summary }) => kind === 'reply' && summary !== null).map(({ occurredAt }) => occurredAt);
  const askedAgain = asked.toSorted((a, b) => a.getTime() - b.getTime())[1];
  if (askedAgain && (!first || askedAgain < first.orderedAt)) step(minutesAfter(askedAgain, 30), 'interested', '聊过产品', true);
  step(first?.orderedAt, 'first-order', '第一次下单');
  step(second?.orderedAt, 'regular', '第二次下单');

  const signs = [person.followedAt, ...happened.outcomes.map(({ occurredAt }) => occurredAt)].map((at) => at.getTime());
  const lastSign = new Date(Math.max(...signs));
  if (person.endedAt !== null) step(person.endedAt, 'gone', '删了好友');
  else if (daysBetween(lastSign, now) > asleepAfterDays) step(daysAfter(lastSign, asleepAfterDays), 'asleep', '90 天没动静');

  const moves = steps.map(({ at, to, why, byGuide }, n) => ({
    movedAt: at,
    moveId: uuidFor(person.externalUserId, to, at.getTime()),
    fromStageId: steps[n - 1]?.to ?? null,
    toStageId: to,
    staffUserId: byGuide ? person.staffUserId : null,
    why,
  }));
  return { stageId: steps.at(-1)?.to ?? 'prospect', moves };
}
