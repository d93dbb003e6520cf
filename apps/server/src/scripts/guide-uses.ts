import { onePerDatabase } from '../cached.ts';
import type { Deps } from '../feature.ts';
import { readUses } from './scripts.store.ts';

type UsesDeps = Pick<Deps, 'db' | 'clock'>;

const freshMs = 60_000;
const kept = 5_000;
/** More than this many scripts nobody uses by habit. */
const counted = 200;

const uses = onePerDatabase((_deps: UsesDeps) => new Map<string, { at: number; uses: Promise<ReadonlyMap<string, number>> }>());

/** How often this staff member used which script: for ranking. A minute behind at most. */
export function guideUses(deps: UsesDeps, staffUserId: string): Promise<ReadonlyMap<string, number>> {
  const remembered = uses(deps);
  const now = deps.clock.now().getTime();
  const known = remembered.get(staffUserId);
  if (known && now - known.at < freshMs) return known.uses;
  if (remembered.size >= kept) remembered.clear();
  const read = readUses(deps.db, staffUserId, counted).then((rows) => new Map(rows.map((row) => [row.scriptId, row.uses])));
  remembered.set(staffUserId, { at: now, uses: read });
  // A failed answer must not be remembered.
  read.catch(() => remembered.delete(staffUserId));
  return read;
}

export const forgetGuideUses = (deps: UsesDeps, staffUserId: string): void => void uses(deps).delete(staffUserId);
