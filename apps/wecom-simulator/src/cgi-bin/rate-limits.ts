/** Counts calls per API in fixed windows and blocks an API for the rest of the window once it has had too many. */
export interface RateLimits {
  /** False when this call is one too many. `now` in milliseconds. */
  admit(path: string, limits: { perMinute: number; perHour: number }, now: number): boolean;
  /** Per API, since the start or the last reset: all calls, the fullest minute and hour, and how many were refused. */
  peaks(): CallPeak[];
  clear(): void;
}

export interface CallPeak {
  path: string;
  total: number;
  busiestMinute: number;
  busiestHour: number;
  refused: number;
}

const minute = 60_000;
const hour = 60 * minute;

export function createRateLimits(): RateLimits {
  const windows = new Map<string, { start: number; count: number }>();
  const peaks = new Map<string, CallPeak>();
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
    admit(path, limits, now) {
      const inMinute = count(`${path} minute`, minute, now);
      const inHour = count(`${path} hour`, hour, now);
      const admitted = inMinute <= limits.perMinute && inHour <= limits.perHour;
      const peak = peaks.get(path) ?? { path, total: 0, busiestMinute: 0, busiestHour: 0, refused: 0 };
      peaks.set(path, {
        path,
        total: peak.total + 1,
        busiestMinute: Math.max(peak.busiestMinute, inMinute),
        busiestHour: Math.max(peak.busiestHour, inHour),
        refused: peak.refused + (admitted ? 0 : 1),
      });
      return admitted;
    },
    peaks: () => [...peaks.values()],
    clear() {
      windows.clear();
      peaks.clear();
    },
  };
}
