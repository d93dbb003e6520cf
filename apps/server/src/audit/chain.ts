import { createHash, createHmac } from 'node:crypto';

/** An entry as the database gives it back: what was hashed when it was sealed is what is hashed when it is checked. */
export type ChainEntry = {
  at: Date;
  entryId: string;
  staffUserId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  detail: unknown;
};
export type SealedEntry = ChainEntry & { seq: number; previousHash: string | null; hash: string | null };
export type ChainEnd = { seq: number; hash: string };

/** What the first entry of a corp carries as the hash of the one before. */
export const chainStart = (corpId: string): ChainEnd => ({ seq: 0, hash: sha256(`the audit log of ${corpId}`) });

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The same text for the same value, in whatever order the database keeps its keys. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, held]) => [key, inOrder(held)]);
}

/** What an entry carries once it stands behind `previous`. */
export function link(previous: ChainEnd, entry: ChainEntry): { seq: number; previousHash: string; hash: string } {
  const seq = previous.seq + 1;
  const { at, entryId, staffUserId, action, subjectKind, subjectId, detail } = entry;
  const told = [seq, previous.hash, at.toISOString(), entryId, staffUserId, action, subjectKind, subjectId, inOrder(detail)];
  return { seq, previousHash: previous.hash, hash: sha256(JSON.stringify(told)) };
}

/** `missing`: places between two entries, or before the first, that nobody fills. `altered`: says something else than when it was sealed. `doubled`: two claim one place. */
export type ChainFault =
  | { kind: 'missing'; fromSeq: number; toSeq: number }
  | { kind: 'altered'; seq: number; entryId: string; at: Date }
  | { kind: 'doubled'; seq: number; entryId: string; at: Date };

/** Goes on checking behind a fault, so that each is named once: the hash that the next entry carries stands in for what is gone. */
export function checkLinks(end: ChainEnd, entries: readonly SealedEntry[]): { end: ChainEnd; faults: ChainFault[] } {
  const faults: ChainFault[] = [];
  let last = end;
  for (const entry of entries) {
    const { seq, entryId, at } = entry;
    const hash = entry.hash ?? '';
    if (seq <= last.seq) {
      faults.push({ kind: 'doubled', seq, entryId, at });
      continue;
    }
    if (seq > last.seq + 1) faults.push({ kind: 'missing', fromSeq: last.seq + 1, toSeq: seq - 1 });
    const before = seq > last.seq + 1 ? { seq: seq - 1, hash: entry.previousHash ?? '' } : last;
    const expected = link(before, entry);
    if (expected.hash !== hash || expected.previousHash !== entry.previousHash) faults.push({ kind: 'altered', seq, entryId, at });
    last = { seq, hash };
  }
  return { end: last, faults };
}

export type HeadKey = { mark: string; mac(corpId: string, end: ChainEnd): string };

/** Only the servers have it: the end of the chain cannot be moved by whoever has nothing but the database. */
export function headKey(sessionKey: string): HeadKey {
  const key = createHmac('sha256', sessionKey).update('end of the audit log').digest();
  return {
    mark: createHash('sha256').update(key).digest('hex').slice(0, 8),
    mac: (corpId, { seq, hash }) => createHmac('sha256', key).update(`${corpId}\n${seq}\n${hash}`).digest('hex'),
  };
}
