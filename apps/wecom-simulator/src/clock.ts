/** WeCom's clock: the real one, moved forward by whoever plays with the simulator. Milliseconds since 1970. */
export interface SimClock {
  now(): number;
  offset(): number;
  advance(ms: number): void;
  reset(): void;
}

export function createClock(realNow: () => number = Date.now): SimClock {
  let offset = 0;
  return {
    now: () => realNow() + offset,
    offset: () => offset,
    advance: (ms) => {
      offset += ms;
    },
    reset: () => {
      offset = 0;
    },
  };
}
