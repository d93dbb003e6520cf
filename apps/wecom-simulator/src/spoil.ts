import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.ts';

/** What becomes of a call under a fault: `outcome` is what it answered by itself, null when it was not carried out. */
export type Spoilt<T> = { kind: 'answer'; outcome: T } | { kind: 'cut'; outcome: T | null } | { kind: 'fault'; fault: Fault };

/** Carries a call out under a fault: waits, cuts, answers the fault, and with `after_effect` only once the call has been done. */
export async function spoil<T>(fault: Fault | null, carryOut: () => T | Promise<T>): Promise<Spoilt<T>> {
  if (!fault) return { kind: 'answer', outcome: await carryOut() };
  const answers = [fault.errcode, fault.errmsg, fault.status, fault.body].some((part) => part !== undefined);
  const early = fault.afterEffect ? { outcome: await carryOut() } : null;
  if (fault.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
  const onlyAfterEffect = early !== null && !answers && fault.delayMs === undefined;
  if (fault.drop || onlyAfterEffect) return { kind: 'cut', outcome: early?.outcome ?? null };
  if (answers) return { kind: 'fault', fault };
  return { kind: 'answer', outcome: early ? early.outcome : await carryOut() };
}
