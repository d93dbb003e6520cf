import type { KnownValues } from './requests-of-schema.ts';

const keptPerName = 40;

/** The ids that answers hold, by the name under which they came: what one route made, another can be asked for. */
export function knownIds(): KnownValues & { learn(answer: unknown): void } {
  const seen = new Map<string, string[]>([
    ['externalUserId', ['wmLin', 'wmChen']],
    ['staffUserId', ['zhou', 'qian']],
    ['userId', ['zhou', 'lu', 'admin2']],
    // What no answer holds, and nobody would hit upon.
    ['url', ['http://localhost:7320/sidebar/']],
    ['filter', ['{}', '{"stageIds":["warm"],"hasOrder":false}', '{"q":"林","silentDays":30}', '{"storeIds":["njxl"],"relation":"any"}']],
    // 林小姐 stays: much is asked about her.
    ['confirm', ['晓雯']],
    ['n', ['1']],
  ]);
  function add(name: string, value: string): void {
    const values = seen.get(name) ?? [];
    if (values.includes(value)) return;
    seen.set(name, [...values, value].slice(-keptPerName));
  }
  function learn(answer: unknown, depth = 0): void {
    if (answer === null || typeof answer !== 'object' || depth > 6) return;
    if (Array.isArray(answer)) return answer.slice(0, 20).forEach((one) => learn(one, depth + 1));
    for (const [name, value] of Object.entries(answer)) {
      if (typeof value === 'string' && /(?:Id|[cC]ursor|sha256|proof|Hash)$/.test(name) && value !== '')
        add(name === 'nextCursor' ? 'cursor' : name, value);
      else if (name === 'revision' || name === 'version') add(name, String(value));
      else learn(value, depth + 1);
    }
  }
  return { of: (name) => seen.get(name) ?? [], learn };
}
