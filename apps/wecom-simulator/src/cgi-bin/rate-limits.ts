/** Counts calls per API in fixed windows and blocks an API for the rest of the window once it has had too many. */
export interface RateLimits {
  /** False when this call is one too many. `now` in milliseconds. */
  admit(path: string, limits: { perMinute: number; perHour: number }, now: number): boolean;
  clear(): void;
}

const minute = 60_000;
const hour = 60 * minute;

export function createRateLimits(): RateLimits {
  const windows = new Map<string, { start: number; count: number }>();
  const count = (key: string, length: number, now: number): number => {
    const window = windows.get(key);
    if (!window || now < window.start || now - window.start >= length) {
      windows.set(key, { start: now, count: 1 });
      return 1;
    }
    window.count += 1;
    return window.count;
  };
  return {
    admit: (path, limits, now) => {
      const inMinute = count(`${path} minute`, minute, now) <= limits.perMinute;
      const inHour = count(`${path} hour`, hour, now) <= limits.perHour;
      return inMinute && inHour;
    },
    clear: () => windows.clear(),
  };
}
