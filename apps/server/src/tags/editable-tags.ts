import type { EditableTags } from '@nextline/contract';
import { cached, onePerDatabase } from '../cached.ts';
import { customerScope } from '../customers/customer-scope.ts';
import type { Deps, Principal } from '../feature.ts';
import { tagCatalogue } from './tag-catalogue.ts';
import { countWearers } from './tag-counts.store.ts';

type TagDeps = Pick<Deps, 'db' | 'clock'>;

// Over a million customers this reads for seconds. What one store has is read at once.
const counts = onePerDatabase(({ db, clock }: TagDeps) => cached({ clock, load: () => countWearers(db, null) }));

/** The corp's tags with how many of this person's customers wear each, counted within the last minute. */
export async function editableTags(deps: TagDeps, who: Principal): Promise<EditableTags> {
  const [{ groups }, scope] = await Promise.all([tagCatalogue(deps), customerScope(deps, who)]);
  const wearers = scope === null ? await counts(deps).get() : await countWearers(deps.db, scope);
  return {
    groups: groups.map(({ groupId, name, singleChoice, tags }) => ({
      groupId,
      name,
      singleChoice,
      tags: tags.map((tag) => ({ tagId: tag.tagId, name: tag.name, customers: wearers.get(tag.tagId) ?? 0 })),
    })),
  };
}
