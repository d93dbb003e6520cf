import { writeAudit } from '../audit/write-audit.ts';
import type { Deps, Principal } from '../feature.ts';
import { setOptedOut } from './opt-out.store.ts';

/** She does not want marketing any more, or does again. Answers since when. */
export async function setOptOut(deps: Deps, who: Principal, externalUserId: string, optedOut: boolean): Promise<Date | null> {
  const { db, clock, config } = deps;
  const now = clock.now();
  return db.transaction(async (tx) => {
    const since = await setOptedOut(tx, externalUserId, optedOut ? now : null);
    await writeAudit(tx, {
      corpId: config.wecom.corpId,
      who,
      action: optedOut ? 'customer.opt_out' : 'customer.opt_in',
      subject: { kind: 'customer', id: externalUserId },
      at: now,
    });
    return since;
  });
}
