/** WeCom's `add_way` of a relation that an administrator has assigned. */
const assigned = 202;

export const isAssigned = ({ addWay }: { addWay?: number | undefined }): boolean => addWay === assigned;

/**
 * What it means that WeCom's answer about a customer does not name a staff member who followed her.
 * - `listed`: WeCom counts them among those who may have customers, so it would name them: the relation is over.
 * - `left`: they no longer work here. Her other answers say nothing until somebody has taken over; until then she waits to be assigned.
 * - `hidden`: the app may not see them, and WeCom leaves them out for that reason alone.
 * Null: nothing is known, nothing ends.
 */
export function endOfUnlisted(
  relation: { followedAt: Date; staff: 'listed' | 'left' | 'hidden' },
  others: readonly { addWay: number; followedAt: Date | null }[],
): { by: 'staff' | 'transfer' } | null {
  if (relation.staff === 'hidden') return null;
  const takenOver = others.some((other) => isAssigned(other) && other.followedAt !== null && other.followedAt > relation.followedAt);
  if (takenOver) return { by: 'transfer' };
  return relation.staff === 'listed' ? { by: 'staff' } : null;
}
