import type { CustomerFacets, Language } from '@nextline/contract';
import type { Deps, Principal } from '../feature.ts';
import { customerScope } from './customer-scope.ts';
import { sourceLabels } from './source-label.ts';
import { staffDirectory } from './staff-directory.ts';

/** What the list can be filtered by, for this person. */
export async function listFacets(deps: Pick<Deps, 'db' | 'clock'>, who: Principal, language: Language): Promise<CustomerFacets> {
  const [directory, scope] = await Promise.all([staffDirectory(deps), customerScope(deps, who)]);
  const guides = directory.staff.filter((one) => (scope === null ? one.followsCustomers || one.left : scope.includes(one.staffUserId)));
  const storeIds = new Set(guides.map((one) => one.storeId));
  return {
    stores: directory.stores.filter((store) => scope === null || storeIds.has(store.storeId)),
    guides: guides.map(({ staffUserId, name, storeId, left }) => ({ staffUserId, name, storeId, left })),
    sources: sourceLabels.map(([source, label]) => ({ source, label: label[language] })),
  };
}
