const spoken = (value: unknown): string => {
  if (value === null || value === '') return '–';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(spoken).join('、');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** The detail of an entry on one line: `from guide → to auditor` as `guide → auditor`, the rest as `key: value`. */
export function detailText(detail: Record<string, unknown>): string {
  const { from, to, ...rest } = detail;
  const change = 'from' in detail && 'to' in detail ? [`${spoken(from)} → ${spoken(to)}`] : [];
  const others = 'from' in detail && 'to' in detail ? rest : detail;
  return [...change, ...Object.entries(others).map(([key, value]) => `${key}: ${spoken(value)}`)].join('，');
}
