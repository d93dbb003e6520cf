import { eq } from 'drizzle-orm';
import { dayMs } from '../../apps/server/src/corp-time.ts';
import { openDatabase, urlOfCorp } from '../../apps/server/src/database.ts';
import { migrateDatabase } from '../../apps/server/src/prepare-database.ts';
import { readLibraryVersion } from '../../apps/server/src/scripts/scripts.store.ts';
import { upsertStage } from '../../apps/server/src/stages/stages.store.ts';
import { tagGroups } from '../../apps/server/src/tags/tags.table.ts';
import { lockSummaries } from '../../apps/server/src/wecom-sync/customer-mirror.store.ts';
import { storeBrandFiles } from './art/store-files.ts';
import { shelfOf } from './history/contacts.ts';
import { writeGuideHabits } from './history/guide-habits.ts';
import { lifeOf } from './history/life-of.ts';
import { readPeople } from './history/person.ts';
import { summarise } from './history/summarise.ts';
import { writeLives } from './history/write-lives.ts';
import { brandScripts } from './scripts/library.ts';
import { publishLibrary } from './scripts/publish-library.ts';
import { seasonOf } from './season.ts';
import { brandStages } from './stages.ts';
import type { World } from './world.ts';

/** A skin has one type: choosing another takes the first away. */
const singleChoiceGroup = '肤质';

/**
 * Lays the demo brand's own data, what WeCom does not hold, over the first sync: stages, scripts with their files, and 90 days of history. `kept`: the
 * brand was there already, and nothing was done. All of it or nothing.
 */
export async function importBrand(brand: { databaseUrl: string; sessionKey: string; world: World; now: Date }): Promise<'laid' | 'kept'> {
  const { databaseUrl, sessionKey, world, now } = brand;
  const corpId = world.corp.corp_id;
  // A connection that breaks fails the statement it carries, which is where it is told.
  const database = openDatabase({ url: urlOfCorp(databaseUrl, corpId, sessionKey), max: 1, onError: () => undefined });
  try {
    if ((await readLibraryVersion(database.db)) > 0) return 'kept';
    // The history is older than the months of ledger that a new product has. They belong to the owner; the corp's role cannot make them.
    await migrateDatabase(databaseUrl, new Date(now.getTime() - 60 * dayMs));
    await database.db.transaction(async (tx) => {
      for (const stage of brandStages) await upsertStage(tx, { corpId, ...stage });
      await tx.update(tagGroups).set({ singleChoice: true }).where(eq(tagGroups.name, singleChoiceGroup));
      const library = brandScripts(seasonOf(now));
      await publishLibrary(tx, corpId, library, await storeBrandFiles(tx, corpId, now), now);

      const people = await readPeople(tx);
      await lockSummaries(
        tx,
        corpId,
        people.map(({ externalUserId }) => externalUserId),
      );
      const shelf = shelfOf(library, now);
      const lives = people.map((person) => ({ externalUserId: person.externalUserId, ...lifeOf(person, shelf, now) }));
      await writeLives(tx, corpId, lives);
      await summarise(tx, corpId, now);
      await writeGuideHabits(
        tx,
        corpId,
        lives.flatMap((life) => life.touches),
        now,
      );
    });
    return 'laid';
  } finally {
    await database.close();
  }
}
