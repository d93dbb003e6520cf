import type { CustomerFilter } from '@nextline/contract';
import { listed } from '../../i18n/listed.ts';
import type { Say } from '../../i18n/words.ts';
import type { words } from './words.ts';
import { emptyFilter } from './filter-address.ts';

type Names = ReadonlyMap<string, string>;
export type ChipNames = { stages: Names; tags: Names; stores: Names; guides: Names; sources: Names };
export type Chip = { key: string; text: string; without: CustomerFilter };

/** Every condition that was chosen as words, with the filter as it is without it. */
export function conditionChips(filter: CustomerFilter, names: ChipNames, t: Say<(typeof words)['zh-CN']>): Chip[] {
  const one = (field: keyof CustomerFilter, text: string): Chip => ({
    key: field,
    text,
    without: { ...filter, [field]: emptyFilter[field] },
  });
  /** A guide without customers and a source of one's own are known by their ids; a tag that is gone is not. */
  const unknown = (id: string, known: Names) => {
    if (known === names.guides || known === names.sources) return id;
    return known.size === 0 ? '…' : t('goneChoice');
  };
  const joined = (ids: string[], known: Names) =>
    listed(ids.map((id) => (id === 'none' ? t('noStage') : (known.get(id) ?? unknown(id, known)))));
  const chips: Chip[] = [];
  const list = (
    field: 'stageIds' | 'tagsAny' | 'tagsAll' | 'tagsNone' | 'storeIds' | 'guideIds' | 'sources',
    label: string,
    known: Names,
  ) => {
    if (filter[field].length > 0) chips.push(one(field, `${label}: ${joined(filter[field], known)}`));
  };
  list('stageIds', t('stage'), names.stages);
  list('tagsAny', t('tagsAny'), names.tags);
  list('tagsAll', t('tagsAll'), names.tags);
  list('tagsNone', t('tagsNone'), names.tags);
  list('storeIds', t('store'), names.stores);
  list('guideIds', t('guide'), names.guides);
  list('sources', t('source'), names.sources);
  const { engagedWithinDays, silentDays, followedFrom, followedUntil, optedOut, hasOrder, relation } = filter;
  if (engagedWithinDays !== null) chips.push(one('engagedWithinDays', t('engagedWithin', { n: engagedWithinDays })));
  if (silentDays !== null) chips.push(one('silentDays', t('silentFor', { n: silentDays })));
  if (followedFrom !== null) chips.push(one('followedFrom', t('followedFrom', { day: followedFrom })));
  if (followedUntil !== null) chips.push(one('followedUntil', t('followedUntil', { day: followedUntil })));
  if (optedOut !== null) chips.push(one('optedOut', optedOut ? t('optedOut') : t('takesMarketing')));
  if (hasOrder !== null) chips.push(one('hasOrder', hasOrder ? t('hasOrder') : t('noOrder')));
  if (relation !== 'alive') chips.push(one('relation', `${t('relation')}: ${relation === 'ended' ? t('ended') : t('anyRelation')}`));
  return chips;
}
