import type { SidebarBoot } from '@nextline/contract';
import type { ApiFailure } from '../api.ts';
import type { Whereabouts } from '../customer/current-customer.ts';

export type Situation = {
  where: Whereabouts;
  hasPanel: boolean;
  failure: Pick<ApiFailure, 'status' | 'code' | 'message'> | null;
  online: boolean;
  loggedOut: boolean;
  boot: Pick<SidebarBoot, 'trustedHost' | 'agentId'>;
  href: string;
};

/** What stands where the customer stands: the panel, its skeleton, or a notice (whose words are loaded only then: see notices.ts). */
export function whatToShow({ where, hasPanel, failure, loggedOut }: Situation): 'panel' | 'loading' | 'notice' {
  if (loggedOut) return 'notice';
  if (where.kind === 'asking') return 'loading';
  if (where.kind !== 'customer') return 'notice';
  if (hasPanel) return 'panel';
  // A session that is over is renewed without a word.
  return failure && failure.status !== 401 ? 'notice' : 'loading';
}
