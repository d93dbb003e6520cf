import type { EditableTags } from '@nextline/contract';
import { cached, onePerDatabase } from '../cached.ts';
import type { Deps } from '../feature.ts';
import { tagCatalogue } from './tag-catalogue.ts';
import { countWearers } from './tag-counts.store.ts';

type TagDeps = Pick<Deps, 'db' | 'clock'>;

// Over a million customers this reads for seconds: counted at most once a minute, and nobody waits for it twice.
const counts = onePerDatabase(({ db, clock }: TagDeps) =>
  cached({ clock, load: () => countWearers(db), freshMs: 60_000, staleMs: 3_600_000 }),
);

/** The corp's tags with how many customers wear each, counted within the last minute. */
export async function editableTags(deps: TagDeps): Promise<EditableTags> {
  const [{ groups }, wearers] = await Promise.all([tagCatalogue(deps), counts(deps).get()]);
  return {
    groups: groups.map(({ groupId, name, singleChoice, tags }) => ({
      groupId,
      name,
      singleChoice,
      tags: tags.map((tag) => ({ tagId: tag.tagId, name: tag.name, customers: wearers.get(tag.tagId) ?? 0 })),
    })),
  };
}
