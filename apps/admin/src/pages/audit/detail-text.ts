import { clauses, listed } from '../../i18n/listed.ts';

type Say = (word: string) => string;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function spoken(value: unknown, say: Say): string {
  if (isEmpty(value)) return '–';
  if (Array.isArray(value)) return listed(value.map((one) => spoken(one, say)));
  // A filter has a dozen conditions, most of them open: only those that were set tell anything.
  if (typeof value === 'object' && value !== null) {
    const set = Object.entries(value).filter(([, held]) => !isEmpty(held));
    return set.length === 0 ? '–' : pairs(set, say);
  }
  return say(String(value));
}

const pairs = (entries: [string, unknown][], say: Say): string =>
  clauses(entries.map(([key, value]) => `${say(key)} ${spoken(value, say)}`));

/** The detail of an entry on one line. What became of something is an arrow: `导购 → 审计`. `say` puts keys and known values into words. */
export function detailText(detail: Record<string, unknown>, say: Say): string {
  if (!('from' in detail && 'to' in detail)) return pairs(Object.entries(detail), say);
  const { from, to, ...rest } = detail;
  return clauses([
    `${spoken(from, say)} → ${spoken(to, say)}`,
    ...(Object.keys(rest).length > 0 ? [pairs(Object.entries(rest), say)] : []),
  ]);
}
