import type { TagGroup } from '@nextline/contract';
import { cached, onePerDatabase } from '../cached.ts';
import type { Deps } from '../feature.ts';
import { readGroups, readTags } from './tags.store.ts';

export type KnownTag = { tagId: string; name: string; groupId: string; singleChoice: boolean };
export type TagCatalogue = { groups: TagGroup[]; byId: ReadonlyMap<string, KnownTag> };

type TagDeps = Pick<Deps, 'db' | 'clock'>;

const catalogues = onePerDatabase(({ db, clock }: TagDeps) => cached({ clock, load: () => loadCatalogue(db) }));

/** WeCom's corp tags as we mirror them, at most ten seconds behind. */
export const tagCatalogue = (deps: TagDeps): Promise<TagCatalogue> => catalogues(deps).get();
export const forgetTagCatalogue = (deps: TagDeps): void => catalogues(deps).forget();

async function loadCatalogue(db: Deps['db']): Promise<TagCatalogue> {
  const [groups, tags] = await Promise.all([readGroups(db), readTags(db)]);
  const withTags = groups.map(({ groupId, name, singleChoice }) => ({
    groupId,
    name,
    singleChoice,
    tags: tags.filter((tag) => tag.groupId === groupId).map(({ tagId, name: tagName, pinyin }) => ({ tagId, name: tagName, pinyin })),
  }));
  const known = withTags.flatMap(({ groupId, singleChoice, tags: own }) =>
    own.map(({ tagId, name }) => [tagId, { tagId, name, groupId, singleChoice }] as const),
  );
  return { groups: withTags.filter((group) => group.tags.length > 0), byId: new Map(known) };
}
