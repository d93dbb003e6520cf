import { expect, test } from 'vitest';
import { bars, pulseHeight, pulseWidth } from './pulse-geometry.ts';

const days = (marks: Record<number, number>) => Array.from({ length: 28 }, (_, day) => marks[day] ?? 0);

test('what she did stands above the line, what we did hangs below it, silence is a dash', () => {
  const drawn = bars({ firstDay: '2026-05-13', customer: days({ 2: 3 }), us: days({ 2: 1, 27: 2 }) });
  expect(drawn.filter((bar) => bar.side === 'silence')).toHaveLength(26);
  expect(drawn.find((bar) => bar.side === 'customer')).toEqual({ x: 8, y: 1, width: 2, height: 14, side: 'customer' });
  expect(drawn.filter((bar) => bar.side === 'us').map((bar) => bar.x)).toEqual([8, 108]);
});

test('everything lies on whole pixels inside the drawing', () => {
  const loudest = bars({
    firstDay: '2026-05-13',
    customer: days(Object.fromEntries(days({}).map((_, day) => [day, 3]))),
    us: days({ 0: 3, 27: 3 }),
  });
  for (const bar of loudest) {
    for (const value of [bar.x, bar.y, bar.width, bar.height]) expect(Number.isInteger(value)).toBe(true);
    expect(bar.y).toBeGreaterThanOrEqual(0);
    expect(bar.y + bar.height).toBeLessThanOrEqual(pulseHeight);
    expect(bar.x + bar.width).toBeLessThanOrEqual(pulseWidth - 4);
  }
});
