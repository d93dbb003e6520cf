import { setTimeout as pause } from 'node:timers/promises';
import { onePerDatabase } from '../cached.ts';
import { customerNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { resolveCustomer } from '../wecom-sync/resolve-customer.ts';

const refusedForMs = 30_000;
const kept = 20_000;
/** A refusal leaves at the end of such a step, counted from its request, so that its time says nothing about what was found. */
const stepMs = 50;
/**
 * Somebody else's customer is stored and read once more, where of an id that was made up there is nothing to store. That takes a tenth of this, which both wait
 * from the moment of WeCom's answer.
 */
const storingMs = 225;

type Look = Awaited<ReturnType<typeof resolveCustomer>>;
type Memory = { refusedUntil: Map<string, number>; looking: Map<string, Promise<Look>> };
const memories = onePerDatabase((_deps: Deps): Memory => ({ refusedUntil: new Map(), looking: new Map() }));

/** Asks WeCom unless it said no lately; the same question asked ten times at once is one question. Null: nothing can have changed. */
async function lookAtWeCom(deps: Deps, key: string, externalUserId: string): Promise<Look | null> {
  const { refusedUntil, looking } = memories(deps);
  const now = deps.clock.now().getTime();
  const refusedFor = (refusedUntil.get(key) ?? 0) - now;
  if (refusedFor > 0 && refusedFor <= refusedForMs) return null;
  let look = looking.get(key);
  if (look === undefined) {
    look = resolveCustomer(deps, externalUserId).finally(() => looking.delete(key));
    looking.set(key, look);
  }
  const answer = await look;
  if (refusedUntil.size >= kept) refusedUntil.clear();
  refusedUntil.set(key, now + refusedForMs);
  return answer;
}

/**
 * Reads with `find`; what it does not find is asked of WeCom once and read again: she may have been added a moment ago. A customer of somebody else
 * and an id that was made up take the same way and get the same answer, and WeCom is asked again after 30 s at the earliest, per staff member and id.
 */
export async function findOrLookAgain<T>(deps: Deps, who: Principal, externalUserId: string, find: () => Promise<T | null>): Promise<T> {
  const begun = performance.now();
  const first = await find();
  if (first !== null) return first;
  const key = `${who.staffUserId}\n${externalUserId}`;
  const look = await lookAtWeCom(deps, key, externalUserId);
  const second = look === null ? null : await find();
  if (second !== null) return second;
  const passed = performance.now() - begun;
  const shown = look === null ? passed : Math.max(passed, look.answeredAt + storingMs - begun);
  await pause(stepMs * Math.ceil(shown / stepMs) - passed);
  throw customerNotFound();
}
