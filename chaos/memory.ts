import { readFileSync } from 'node:fs';

/** Resident memory of a process in MB; null where there is no /proc. */
export function residentMb(pid: number): number | null {
  try {
    const kB = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kB === undefined ? null : Number(kB) / 1024;
  } catch {
    return null;
  }
}

/** MB a minute: least squares over samples of (minutes, MB). */
export function slopePerMinute(samples: readonly { minute: number; mb: number }[]): number {
  const meanX = samples.reduce((sum, { minute }) => sum + minute, 0) / samples.length;
  const meanY = samples.reduce((sum, { mb }) => sum + mb, 0) / samples.length;
  const spread = samples.reduce((sum, { minute }) => sum + (minute - meanX) ** 2, 0);
  return spread === 0 ? 0 : samples.reduce((sum, { minute, mb }) => sum + (minute - meanX) * (mb - meanY), 0) / spread;
}
