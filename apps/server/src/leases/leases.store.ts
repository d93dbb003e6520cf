import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { leases } from './leases.table.ts';

export type Lease = { corpId: string; name: string; fence: number };

const inMs = (ms: number) => sql`clock_timestamp() + ${`${ms} milliseconds`}::interval`;
const ofLease = ({ corpId, name, fence }: Lease) => and(eq(leases.corpId, corpId), eq(leases.name, name), eq(leases.fence, fence));

/** Null while somebody else holds it. */
export async function takeLease(
  db: Queryable,
  { corpId, name, holder, forMs }: { corpId: string; name: string; holder: string; forMs: number },
): Promise<Lease | null> {
  const [taken] = await db
    .insert(leases)
    .values({ corpId, name, fence: 1, holder, heldUntil: inMs(forMs) })
    .onConflictDoUpdate({
      target: [leases.corpId, leases.name],
      set: { fence: sql`${leases.fence} + 1`, holder, heldUntil: inMs(forMs) },
      setWhere: sql`${leases.heldUntil} <= clock_timestamp()`,
    })
    .returning({ fence: leases.fence });
  return taken ? { corpId, name, fence: taken.fence } : null;
}

/** False when somebody else has it. One that ran out and that nobody took is ours again. */
export async function renewLease(db: Queryable, lease: Lease, forMs: number): Promise<boolean> {
  const renewed = await db
    .update(leases)
    .set({ heldUntil: inMs(forMs) })
    .where(ofLease(lease))
    .returning({ fence: leases.fence });
  return renewed.length > 0;
}

export async function releaseLease(db: Queryable, lease: Lease): Promise<void> {
  await db
    .update(leases)
    .set({ heldUntil: sql`clock_timestamp()` })
    .where(ofLease(lease));
}

/** Whether it is still ours; then nobody can take it before this transaction ends. */
export async function lockLease(tx: Queryable, lease: Lease): Promise<boolean> {
  const ours = await tx.select({ fence: leases.fence }).from(leases).where(ofLease(lease)).for('share');
  return ours.length > 0;
}
