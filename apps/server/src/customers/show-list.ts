import type { CustomerCount, CustomerFilter, CustomerPage, CustomerRow, CustomerSort, Language } from '@nextline/contract';
import type { Deps, Principal } from '../feature.ts';
import { writeCursor } from '../page-cursor.ts';
import { may } from '../identity/permissions.ts';
import { conditionsFor } from './customer-scope.ts';
import { countCustomers, findCustomers, type ListPlace } from './find-customers.store.ts';
import { type ListedCustomer, readListed } from './list-rows.store.ts';
import { maskMobile } from './mask-mobile.ts';
import { listFilling, settleList } from './settle-list.ts';
import { sourceLabel } from './source-label.ts';
import { staffDirectory, type StaffDirectory } from './staff-directory.ts';

const countedUpTo = 10_000;

function rowOf(listed: ListedCustomer, directory: StaffDirectory, seesMobiles: boolean, language: Language): CustomerRow {
  const { follows } = listed;
  const alive = follows.filter((follow) => follow.endedAt === null);
  const shown = alive.length > 0 ? alive : follows;
  const [latest] = shown;
  const mobiles = [...new Set(shown.flatMap((follow) => follow.mobiles))];
  return {
    externalUserId: listed.external_user_id,
    name: listed.name,
    remark: shown.find((follow) => follow.remark !== '')?.remark ?? '',
    avatarUrl: listed.avatar_url,
    gender: listed.gender,
    type: listed.type,
    mobiles: seesMobiles ? mobiles : mobiles.map(maskMobile),
    stageId: listed.stage_id,
    tagIds: [...new Set(alive.flatMap((follow) => follow.tagIds))],
    guides: shown.map(({ staffUserId }) => {
      const guide = directory.byId.get(staffUserId);
      return { staffUserId, name: guide?.name ?? staffUserId, storeName: directory.storeName(guide?.storeId ?? null) };
    }),
    sourceLabel: latest ? sourceLabel(latest.addWay, latest.state)[language] : '',
    lastEngagedAt: listed.last_engaged_at?.toISOString() ?? null,
    followedAt: latest ? new Date(latest.followedAt).toISOString() : null,
    optedOutAt: listed.opted_out_at?.toISOString() ?? null,
    active: alive.length > 0,
  };
}

/** A page of the customers that this person may see. What happened a moment ago is in it. */
export async function showList(
  deps: Deps,
  who: Principal,
  asked: { filter: CustomerFilter; sort: CustomerSort; after: ListPlace | null; limit: number },
  language: Language,
): Promise<CustomerPage> {
  const { filter, sort, after, limit } = asked;
  await settleList(deps);
  const [conditions, directory] = await Promise.all([conditionsFor(deps, who, filter), staffDirectory(deps)]);
  const found = await findCustomers(deps.db, conditions, { sort, after, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const listed = await readListed(
    deps.db,
    shown.map((one) => one.externalUserId),
    conditions.scope,
  );
  const byId = new Map(listed.map((row) => [row.external_user_id, row]));
  const seesMobiles = may(who, 'customers.mobiles');
  const last = shown.at(-1);
  return {
    customers: shown.flatMap(({ externalUserId }) => {
      const row = byId.get(externalUserId);
      return row ? [rowOf(row, directory, seesMobiles, language)] : [];
    }),
    nextCursor: found.length > limit && last ? writeCursor([last.at, last.externalUserId]) : null,
  };
}

/** Exact as far as anybody reads it; beyond that it says so instead of counting a million rows. */
export async function countList(deps: Deps, who: Principal, filter: CustomerFilter): Promise<CustomerCount> {
  await settleList(deps);
  const [filling, conditions] = await Promise.all([listFilling(deps), conditionsFor(deps, who, filter)]);
  const found = await countCustomers(deps.db, conditions, countedUpTo + 1);
  return {
    count: Math.min(found, countedUpTo),
    more: found > countedUpTo,
    // How many customers the corp has is nothing for one store.
    filling: filling && { sizes: conditions.scope === null ? filling : null },
  };
}
