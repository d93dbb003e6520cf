import type { Deps } from '../feature.ts';
import { stopForgotten } from './report-part.ts';
import { readOpenSince } from './sends.store.ts';
import { continuedForMs } from './taking-up.ts';

const atOnce = 200;

/**
 * Ends the sends that nobody has gone on with for a day. A tap whose page was gone before anything reached her would hold a place under the cap for as long as a
 * touch does, for all her guides, and be counted as one. What is reported later counts all the same. Answers how many were ended.
 */
export async function endForgottenSends(deps: Deps): Promise<number> {
  const since = new Date(deps.clock.now().getTime() - continuedForMs);
  let ended = 0;
  for (const { staffUserId, ...which } of await readOpenSince(deps.db, since, atOnce))
    if ((await stopForgotten(deps, { staffUserId }, which)).state === 'stopped') ended += 1;
  return ended;
}
