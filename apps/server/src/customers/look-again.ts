import { setTimeout as pause } from 'node:timers/promises';
import { onePerDatabase } from '../cached.ts';
import { customerNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { resolveCustomer } from '../wecom-sync/resolve-customer.ts';

const refusedForMs = 30_000;
const kept = 20_000;
/** A refusal leaves at the end of such a step, counted from its request, so that its time says nothing about what was found. */
const stepMs = 50;

const refused = onePerDatabase((_deps: Deps) => new Map<string, number>());

/**
 * Reads with `find`; what it does not find is asked of WeCom once and read again: she may have been added a moment ago. A customer of somebody else
 * and an id that was made up take the same way and get the same answer, and asking WeCom again waits 30 s per staff member and id.
 */
export async function findOrLookAgain<T>(deps: Deps, who: Principal, externalUserId: string, find: () => Promise<T | null>): Promise<T> {
  const begun = performance.now();
  const first = await find();
  if (first !== null) return first;
  const memory = refused(deps);
  const key = `${who.staffUserId}\n${externalUserId}`;
  const now = deps.clock.now().getTime();
  const until = memory.get(key);
  if (until === undefined || until <= now) {
    if (memory.size >= kept) memory.clear();
    // Written first: the same question asked ten times at once is one question.
    memory.set(key, now + refusedForMs);
    try {
      await resolveCustomer(deps, externalUserId);
    } catch (error) {
      memory.delete(key);
      throw error;
    }
    const second = await find();
    if (second !== null) {
      memory.delete(key);
      return second;
    }
  }
  const passed = performance.now() - begun;
  await pause(stepMs * Math.ceil(passed / stepMs) - passed);
  throw customerNotFound();
}
