import type { Language, Person } from '@nextline/contract';
import type { SyncProgress } from '../wecom-sync/sync-progress.ts';
import { isNoneYet, whyEmptyInWords } from '../wecom-sync/why-empty.ts';

type Somebody = { userId: string; left: boolean; followsCustomers: boolean };

/** Why there is nobody to show, in the order in which one looks for it. */
export function whyNoCustomers(
  { userId, left, followsCustomers }: Somebody,
  { finished, reasons }: Pick<SyncProgress, 'finished' | 'reasons'>,
  language: Language,
): NonNullable<Person['withoutCustomers']> {
  if (left) return { because: 'left', said: null };
  if (!followsCustomers) return { because: 'not_allowed', said: null };
  const reason = reasons[userId];
  if (reason === undefined) return { because: finished ? 'none_yet' : 'not_read_yet', said: null };
  return isNoneYet(reason) ? { because: 'none_yet', said: null } : { because: 'refused', said: whyEmptyInWords(reason)[language] };
}
