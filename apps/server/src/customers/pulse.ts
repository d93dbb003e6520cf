import type { Pulse } from '@nextline/contract';
import { dayOf, isoDayOf } from '../corp-time.ts';
import type { DayCounts } from './customers.table.ts';

const days = 28;

/** 往来线: 28 days, today last; a bar is never higher than 3, however much happened. */
export function drawPulse(customer: DayCounts, us: DayCounts, now: Date, timeZone: string): Pulse {
  const today = dayOf(now, timeZone);
  const heights = (counts: DayCounts) => {
    const row: number[] = [];
    for (let day = today - days + 1; day <= today; day += 1) row.push(Math.min(3, counts[day] ?? 0));
    return row;
  };
  return { firstDay: isoDayOf(today - days + 1), customer: heights(customer), us: heights(us) };
}
