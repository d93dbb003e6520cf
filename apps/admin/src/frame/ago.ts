export type Ago = { key: 'justNow' } | { key: 'minutesAgo' | 'hoursAgo' | 'daysAgo'; n: number };

/** How long ago, in the largest whole unit: what the foot of the menu says about the last sync. */
export function agoOf(at: Date, now: Date): Ago {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return { key: 'justNow' };
  if (minutes < 60) return { key: 'minutesAgo', n: minutes };
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? { key: 'hoursAgo', n: hours } : { key: 'daysAgo', n: Math.floor(hours / 24) };
}
