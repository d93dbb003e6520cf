import type { Queryable } from '../database.ts';
import type { Deps } from '../feature.ts';
import { type AuditHead, anySealed, holdSeal, readHead, readUnsealed, saveHead, saveSeals } from './audit.store.ts';
import { type ChainEnd, chainStart, type HeadKey, headKey, link } from './chain.ts';
import { writeAudit } from './write-audit.ts';

/** So often what was noted is chained. Until then an entry could be taken away without a trace. */
export const sealEveryMs = 1_000;
const atOnce = 1_000;

type SealDeps = Pick<Deps, 'db' | 'clock' | 'config'>;

/**
 * Chains what was noted since the last time, in order of time; whoever commits late is chained late. Answers how many. It goes on behind what the head says,
 * whether that entry is still there or not, so that what was taken away stays a gap. Behind a head that is not genuine it refuses to go on: sealing there would
 * make a forged chain genuine.
 */
export async function sealAudit({ db, clock, config }: SealDeps): Promise<number> {
  const { corpId } = config.wecom;
  const key = headKey(config.sessionKey);
  return db.transaction(async (tx) => {
    if (!(await holdSeal(tx, corpId))) return 0;
    const head = await genuineHead(tx, corpId, key);
    if (head && head.keyMark !== key.mark)
      await writeAudit(tx, {
        corpId,
        who: { staffUserId: null },
        action: 'audit.key_changed',
        subject: { kind: 'audit', id: String(head.seq) },
        at: clock.now(),
      });
    let end: ChainEnd = head ?? chainStart(corpId);
    const seals = (await readUnsealed(tx, atOnce)).map((entry) => {
      const seal = link(end, entry);
      end = seal;
      return { ...entry, ...seal };
    });
    if (seals.length === 0) return 0;
    await saveSeals(tx, corpId, seals);
    await saveHead(tx, signed(corpId, end, key, clock.now()));
    return seals.length;
  });
}

async function genuineHead(tx: Queryable, corpId: string, key: HeadKey): Promise<AuditHead | null> {
  const head = await readHead(tx);
  const genuine = head === null ? !(await anySealed(tx)) : head.keyMark !== key.mark || head.mac === key.mac(corpId, head);
  if (!genuine) throw new Error('the head of the audit log is gone or forged: nothing is sealed until `pnpm run audit continue`');
  return head;
}

const signed = (corpId: string, { seq, hash }: ChainEnd, key: HeadKey, sealedAt: Date): AuditHead => ({
  corpId,
  seq,
  hash,
  mac: key.mac(corpId, { seq, hash }),
  keyMark: key.mark,
  sealedAt,
});

/** After somebody tampered with the head: sealing goes on behind an end that a person vouches for, from the server's log or a backup. It is noted that they did. */
export async function continueAudit({ db, clock, config }: SealDeps, anchor: ChainEnd): Promise<void> {
  const { corpId } = config.wecom;
  const key = headKey(config.sessionKey);
  await db.transaction(async (tx) => {
    await saveHead(tx, signed(corpId, anchor, key, clock.now()));
    await writeAudit(tx, {
      corpId,
      who: { staffUserId: null },
      action: 'audit.continue',
      subject: { kind: 'audit', id: String(anchor.seq) },
      at: clock.now(),
    });
  });
}
