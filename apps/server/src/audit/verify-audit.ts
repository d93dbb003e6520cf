import type { Deps } from '../feature.ts';
import { oldestUnsealed, readHead, readSealed } from './audit.store.ts';
import { type ChainEnd, type ChainFault, chainStart, checkLinks, headKey } from './chain.ts';

/**
 * Beside the faults of the chain: `cut`: the chain ends before its head says, or before the anchor. `forged`: the head, or the place of the anchor, says another
 * hash. `waiting`: noted long ago and never sealed. `other_key`: the head was written with another SESSION_KEY, so its mac says nothing.
 */
export type AuditFault =
  | ChainFault
  | { kind: 'cut'; endsAt: number; expected: number }
  | { kind: 'forged'; seq: number }
  | { kind: 'waiting'; since: Date }
  | { kind: 'other_key' };

export type AuditCheck = { checked: number; end: ChainEnd; faults: AuditFault[] };

const pageSize = 5_000;
/** Sealing takes a second; this long only happens when nobody seals. */
const sealedWithinMs = 60_000;
const mostFaults = 100;

/**
 * Reads the chain from its beginning, or from its last `newest` entries, to its end. `anchor`: an end that was noted outside the database, in the
 * server's log: the only thing that can show that the newest entries were taken away together with a head put back to an older one.
 */
export async function verifyAudit(
  { db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>,
  options: { anchor?: ChainEnd; newest?: number } = {},
): Promise<AuditCheck> {
  const { corpId } = config.wecom;
  const key = headKey(config.sessionKey);
  const { anchor, newest } = options;
  const head = await readHead(db);
  let end = await beginning(db, corpId, newest === undefined || head === null ? 0 : head.seq - newest);
  const faults: AuditFault[] = [];
  let checked = 0;
  let anchorHash: string | null = null;
  for (;;) {
    const page = await readSealed(db, end.seq, pageSize);
    if (page.length === 0) break;
    const found = checkLinks(end, page);
    faults.push(...found.faults);
    anchorHash ??= page.find((entry) => entry.seq === anchor?.seq)?.hash ?? null;
    end = found.end;
    checked += page.length;
    if (faults.length > mostFaults) break;
  }
  // Read before the entries: sealing may have gone on since, so a chain that is longer is well.
  if (head === null && checked > 0) faults.push({ kind: 'forged', seq: end.seq });
  if (head !== null && head.seq > end.seq) faults.push({ kind: 'cut', endsAt: end.seq, expected: head.seq });
  if (head !== null && head.keyMark !== key.mark) faults.push({ kind: 'other_key' });
  else if (head !== null && head.mac !== key.mac(corpId, head)) faults.push({ kind: 'forged', seq: head.seq });
  if (anchor !== undefined && anchor.seq > end.seq) faults.push({ kind: 'cut', endsAt: end.seq, expected: anchor.seq });
  else if (anchorHash !== null && anchorHash !== anchor?.hash) faults.push({ kind: 'forged', seq: anchor?.seq ?? 0 });
  const waiting = await oldestUnsealed(db, new Date(clock.now().getTime() - sealedWithinMs));
  if (waiting !== null) faults.push({ kind: 'waiting', since: waiting });
  return { checked, end, faults: faults.slice(0, mostFaults) };
}

/** In the middle of the chain what the first entry carries is believed: its own predecessor is not read. */
async function beginning(db: Deps['db'], corpId: string, behindSeq: number): Promise<ChainEnd> {
  if (behindSeq <= 0) return chainStart(corpId);
  const [first] = await readSealed(db, behindSeq, 1);
  return { seq: behindSeq, hash: first?.previousHash ?? '' };
}
