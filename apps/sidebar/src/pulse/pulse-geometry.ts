import type { Pulse } from '@nextline/contract';

export type Bar = { x: number; y: number; width: number; height: number; side: 'customer' | 'us' | 'silence' };

export const pitch = 4;
const barWidth = 2;
const heights = [0, 6, 10, 14] as const;
const baseline = 15;

/** Height of the drawing: the tallest bar either side of the line. */
export const pulseHeight = 28;

/** 28 days × 4 px and the caret, which stands where the next day would. */
export const pulseWidth = 28 * pitch + 4;

/** Bars on whole pixels: up from the line she acted, down we touched, a dash where neither did. */
export function bars(pulse: Pulse): Bar[] {
  return pulse.customer.flatMap((acted, day) => {
    const x = day * pitch;
    const up = heights[acted] ?? 0;
    const down = heights[pulse.us[day] ?? 0] ?? 0;
    const drawn: Bar[] = [];
    if (up > 0) drawn.push({ x, y: baseline - up, width: barWidth, height: up, side: 'customer' });
    if (down > 0) drawn.push({ x, y: baseline + 1, width: barWidth, height: Math.min(down, pulseHeight - baseline - 1), side: 'us' });
    if (up === 0 && down === 0) drawn.push({ x, y: baseline, width: barWidth, height: 1, side: 'silence' });
    return drawn;
  });
}
