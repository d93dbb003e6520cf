import type { Queryable } from '../database.ts';
import { giveTasks, type Heir, type Heirs, orphanedTasks, type WhoseTasks } from './orphaned-tasks.store.ts';

/**
 * Who goes on with a task whose owner cannot. Whoever follows the customer can write to her. Nobody may yet: then the store answers for
 * her, and at last whoever runs the corp, so that nothing is lost in between. Null: it stays where it is.
 */
export function heirOf({ ownerLeft, followers, managersOfStore, colleaguesOfStore, admins }: Heirs): Heir | null {
  const [follower] = followers;
  if (follower !== undefined) return { staffUserId: follower, inTrust: false };
  const [keeper] = ownerLeft ? [...managersOfStore, ...colleaguesOfStore, ...admins] : [];
  return keeper === undefined ? null : { staffUserId: keeper, inTrust: true };
}

/**
 * Open tasks of somebody who has left, or whose customer was transferred away from them, go to somebody who can do them. Call it in the
 * transaction of what caused it; calling it again changes nothing.
 */
export async function homeOrphanedTasks(tx: Queryable, of: WhoseTasks): Promise<{ given: number }> {
  if (of.externalUserIds?.length === 0) return { given: 0 };
  const given = (await orphanedTasks(tx, of)).flatMap((task) => {
    const heir = heirOf(task);
    return heir === null ? [] : [{ ...task, heir }];
  });
  const byHeir = Map.groupBy(given, ({ heir }) => `${heir.inTrust} ${heir.staffUserId}`);
  for (const tasks of byHeir.values()) if (tasks[0]) await giveTasks(tx, tasks[0].heir, tasks);
  return { given: given.length };
}
