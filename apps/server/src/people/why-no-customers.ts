import type { Person } from '@nextline/contract';
import type { SyncProgress } from '../wecom-sync/sync-progress.ts';

type Somebody = { userId: string; left: boolean; followsCustomers: boolean };

/** What the sync notes for somebody whose list it has read and found empty. */
const readAndEmpty = '还没有客户';

/** Why there is nobody to show, in the order in which one looks for it. */
export function whyNoCustomers(
  { userId, left, followsCustomers }: Somebody,
  { finished, reasons }: Pick<SyncProgress, 'finished' | 'reasons'>,
): NonNullable<Person['withoutCustomers']> {
  if (left) return { because: 'left', said: null };
  if (!followsCustomers) return { because: 'not_allowed', said: null };
  const said = reasons[userId];
  if (said !== undefined && said !== readAndEmpty) return { because: 'refused', said };
  return { because: finished || said === readAndEmpty ? 'none_yet' : 'not_read_yet', said: null };
}
