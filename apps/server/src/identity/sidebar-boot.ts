import { type SidebarBoot, sidebarBoot } from '@nextline/contract';
import type { Deps, Principal } from '../feature.ts';
import { libraryVersionFor } from '../scripts/guide-library.ts';
import { signPageWithin } from './js-signature.ts';
import { findBootFacts } from './staff.store.ts';

/** A page without its signature is better than a page that waits. */
const ticketPatienceMs = 1_500;

/** What the page starts with, so that opening costs one call. */
export async function bootSidebar(deps: Deps, principal: Principal, pageUrl: string): Promise<SidebarBoot> {
  const { config, clock } = deps;
  const [facts, signature, libraryVersion] = await Promise.all([
    findBootFacts(deps.db, principal.staffUserId),
    signPageWithin(ticketPatienceMs, deps, pageUrl, 'agent'),
    libraryVersionFor(deps, principal),
  ]);
  return sidebarBoot.parse({
    corpId: config.wecom.corpId,
    corpName: facts.corpName,
    agentId: config.wecom.agentId,
    staff: {
      userId: principal.staffUserId,
      name: principal.name,
      role: principal.role,
      avatarUrl: facts.avatarUrl,
      storeName: facts.storeName,
    },
    signature,
    libraryVersion,
    trustedHost: new URL(config.publicUrl).host,
    serverTime: clock.now().toISOString(),
    timeZone: facts.timeZone,
  });
}
