import { corpTimeZone } from '../customers/corp-zone.ts';
import type { Deps } from '../feature.ts';
import { queueMovedBy, readLiveRules } from './stage-rules.store.ts';

/** Silence has no event: once in a while it is looked for. So many at a turn, so that a first look at a million does not hold up the rest. */
const perRule = 5_000;

/** Puts those whom a rule of silence would move before the rules, at the next turns of the list. Answers how many. */
export async function lookForSilence(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const { db, clock } = deps;
  const today = { now: clock.now(), timeZone: await corpTimeZone(deps) };
  let found = 0;
  for (const rule of await readLiveRules(db)) if (rule.when.kind === 'silence') found += await queueMovedBy(db, rule, today, perRule);
  return found;
}
