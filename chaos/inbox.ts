import type { Ground } from './ground.ts';
import { until } from './until.ts';

/** `heldSeconds`: the longest that one of those that wait is made to wait on purpose. */
export type InboxCounts = { waiting: number; dead: number; lagSeconds: number; heldSeconds: number };

/** How far applying is behind: from the moment an event was due for the first time. Those that wait on purpose are not late. */
export async function inboxCounts({ query }: Pick<Ground, 'query'>): Promise<InboxCounts> {
  // Asked every second of an hour: through the indexes, or reading what was applied long ago would be the heaviest load of all.
  const [row] = await query<{ waiting: number; dead: number; lag: number; held: number }>(`
    SELECT (SELECT count(*)::int FROM callback_inbox WHERE status = 'dead') AS dead, count(*)::int AS waiting,
      coalesce(extract(epoch FROM now() - min(next_attempt_at) FILTER (WHERE attempts = 0)), 0)::float8 AS lag,
      coalesce(extract(epoch FROM max(next_attempt_at - received_at) FILTER (WHERE attempts = 0)), 0)::float8 AS held
    FROM callback_inbox WHERE status = 'waiting'`);
  return { waiting: row?.waiting ?? 0, dead: row?.dead ?? 0, lagSeconds: Math.max(0, row?.lag ?? 0), heldSeconds: row?.held ?? 0 };
}

/** Milliseconds until nothing waits any more. */
export async function drained(ground: Pick<Ground, 'query'>, withinMs: number): Promise<number> {
  const began = performance.now();
  await until(async () => (await inboxCounts(ground)).waiting === 0, withinMs, 'the inbox is not drained', 100);
  return performance.now() - began;
}

/** Of these payload hashes, those that are not in the inbox. The key forbids that one is there twice. */
export async function missingFrom({ query }: Pick<Ground, 'query'>, hashes: string[]): Promise<string[]> {
  const rows = await query<{ payload_hash: string }>('SELECT payload_hash FROM callback_inbox WHERE payload_hash = ANY($1)', [hashes]);
  const kept = new Set(rows.map((row) => row.payload_hash));
  return hashes.filter((hash) => !kept.has(hash));
}
