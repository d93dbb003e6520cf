/** Parts of the corp's day, as people name them: [from, to). What is left over is the deep night. */
const parts = [
  { name: '早上', from: 6, to: 11 },
  { name: '中午', from: 11, to: 14 },
  { name: '下午', from: 14, to: 18 },
  { name: '晚上', from: 18, to: 23 },
] as const;

const fewest = 5;
const share = 0.4;

/** `多在晚上回`; null with fewer than 5 replies, or when no part of the day holds 40 % of them. */
export function usualReplyHours(byHour: readonly number[]): string | null {
  const sum = (from: number, to: number) => byHour.slice(from, to).reduce((total, count) => total + count, 0);
  const total = sum(0, 24);
  if (total < fewest) return null;
  const counts = parts.map(({ name, from, to }) => ({ name, count: sum(from, to) }));
  const night = { name: '深夜', count: total - counts.reduce((all, part) => all + part.count, 0) };
  const most = [...counts, night].reduce((best, part) => (part.count > best.count ? part : best));
  return most.count >= total * share ? `多在${most.name}回` : null;
}
