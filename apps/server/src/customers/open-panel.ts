import type { Panel } from '@nextline/contract';
import type { Deps, Principal } from '../feature.ts';
import { noteView } from '../audit/note-views.ts';
import { guideUses } from '../scripts/guide-uses.ts';
import { scriptCatalogue } from '../scripts/script-catalogue.ts';
import { stageList } from '../stages/stage-list.ts';
import { tagCatalogue } from '../tags/tag-catalogue.ts';
import { bestSellers } from './best-sellers.ts';
import { corpTimeZone } from './corp-zone.ts';
import { findOrLookAgain } from './look-again.ts';
import { readPanel } from './panel.store.ts';
import { showPanel } from './show-panel.ts';

/** Everything about one customer for one staff member, or `customer.not_found`: one statement, the rest is in memory. */
export async function openPanel(deps: Deps, who: Principal, externalUserId: string): Promise<Panel> {
  const { config, clock } = deps;
  const find = () => readPanel(deps.db, config.wecom.corpId, externalUserId, who);
  const [row, timeZone, stages, tags, catalogue, sellers, uses] = await Promise.all([
    findOrLookAgain(deps, who, externalUserId, find),
    corpTimeZone(deps),
    stageList(deps),
    tagCatalogue(deps),
    scriptCatalogue(deps),
    bestSellers(deps),
    guideUses(deps, who.staffUserId),
  ]);
  noteView(deps, who.staffUserId, externalUserId, 'sidebar');
  return showPanel(externalUserId, row, who, {
    now: clock.now(),
    timeZone,
    stages,
    tags: tags.byId,
    catalogue,
    bestSellers: sellers,
    guideUses: uses,
    wecomReachable: deps.wecomHealth.reachable(),
    sessionKey: config.sessionKey,
  });
}
