import type { Queryable } from '../database.ts';
import { giveTasks, orphanedTasks } from './orphaned-tasks.store.ts';

export type Heirs = {
  /** Whether the owner still works here: then the customer was handed to somebody else. */
  ownerLeft: boolean;
  /** Present staff who follow the customer, who came last first. */
  followers: readonly string[];
  managersOfStore: readonly string[];
  colleaguesOfStore: readonly string[];
  admins: readonly string[];
};

/**
 * Who goes on with a task whose owner cannot. Whoever follows the customer can write to her. Nobody may yet: then the store answers for
 * her, and at last whoever runs the corp, so that nothing is lost in between. Null: it stays where it is.
 */
export function heirOf({ ownerLeft, followers, managersOfStore, colleaguesOfStore, admins }: Heirs): string | null {
  const inOrder = ownerLeft ? [followers, managersOfStore, colleaguesOfStore, admins] : [followers];
  return inOrder.find((group) => group.length > 0)?.[0] ?? null;
}

/**
 * Open tasks of somebody who has left, or whose customer was transferred away from them, go to somebody who can do them. Call it in the
 * transaction of what caused it; calling it again changes nothing. Without `externalUserIds` and `staffUserId`: all of the corp.
 */
export async function homeOrphanedTasks(
  tx: Queryable,
  of: { externalUserIds?: readonly string[]; staffUserId?: string },
): Promise<{ given: number; kept: number }> {
  if (of.externalUserIds?.length === 0) return { given: 0, kept: 0 };
  const orphans = await orphanedTasks(tx, of);
  const byHeir = Map.groupBy(orphans, heirOf);
  for (const [heir, tasks] of byHeir) if (heir !== null) await giveTasks(tx, heir, tasks);
  const kept = byHeir.get(null)?.length ?? 0;
  return { given: orphans.length - kept, kept };
}
