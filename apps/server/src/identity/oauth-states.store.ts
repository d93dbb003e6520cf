import { lt } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { oauthStates } from './identity.table.ts';

/** False when it was used before: however many come at once, one is first. */
export async function useStateOnce(db: Queryable, corpId: string, stateHash: string, now: Date): Promise<boolean> {
  const used = await db
    .insert(oauthStates)
    .values({ corpId, stateHash, usedAt: now })
    .onConflictDoNothing()
    .returning({ h: oauthStates.stateHash });
  return used.length > 0;
}

export async function pruneStates(db: Queryable, before: Date): Promise<void> {
  await db.delete(oauthStates).where(lt(oauthStates.usedAt, before));
}
