import type { MissingScriptList } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import type { Deps, Principal } from '../feature.ts';
import { readMissing, upsertSettlement } from './missing-scripts.store.ts';

const shown = 200;
const shownWishes = 20;

export async function listMissing({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<MissingScriptList> {
  const rows = await readMissing(db, clock.now(), shown);
  return {
    missing: rows.map(({ query, times, guides, last_asked_at, wishes }) => ({
      query,
      times,
      guides,
      lastAskedAt: new Date(last_asked_at).toISOString(),
      wishes: wishes.slice(0, shownWishes).map(({ wish, staffName, at }) => ({ wish, staffName, at: new Date(at).toISOString() })),
    })),
  };
}

/** Written, or not wanted. Who asks for it later brings it back. */
export async function settleMissing(
  deps: Deps,
  who: Principal,
  { query, scriptId }: { query: string; scriptId: string | null },
): Promise<void> {
  const { corpId } = deps.config.wecom;
  const at = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    await upsertSettlement(tx, { corpId, query, scriptId, settledAt: at, settledBy: who.staffUserId });
    await writeAudit(tx, {
      corpId,
      who,
      action: 'script.settle_missing',
      subject: { kind: 'query', id: query },
      detail: { scriptId },
      at,
    });
  });
}
