/** The shopping event that a shop talks about at this time of the year. */
export type Season = { name: string; payFrom: string };

const seasons: readonly { until: string; season: Season }[] = [
  { until: '02-10', season: { name: '年货节', payFrom: '活动首日晚 8 点' } },
  { until: '03-10', season: { name: '38 节', payFrom: '3 月 5 日晚 8 点' } },
  { until: '06-20', season: { name: '618', payFrom: '6 月 16 日晚 8 点' } },
  { until: '09-10', season: { name: '99 节', payFrom: '9 月 8 日晚 8 点' } },
  { until: '11-12', season: { name: '双11', payFrom: '11 月 10 日晚 8 点' } },
  { until: '12-13', season: { name: '双12', payFrom: '12 月 10 日晚 8 点' } },
];

/** The next event on or after this day of Shanghai's calendar. */
export function seasonOf(now: Date): Season {
  const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(5, 10);
  return seasons.find(({ until }) => today <= until)?.season ?? { name: '年货节', payFrom: '活动首日晚 8 点' };
}
