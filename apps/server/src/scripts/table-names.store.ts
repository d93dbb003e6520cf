import type { MediaRef } from '@nextline/contract';
import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { stores } from '../identity/identity.table.ts';
import { stages } from '../stages/stages.table.ts';
import { tagGroups, tags } from '../tags/tags.table.ts';
import { media } from './scripts.table.ts';
import type { Named } from './table-names.ts';

/** A tag is called by its group and its own name: `肤质/敏感肌`. */
export async function readNames(db: Queryable): Promise<{ stages: Named[]; tags: Named[]; stores: Named[]; files: MediaRef[] }> {
  const tagRows = await db
    .select({ id: tags.tagId, name: tags.name, group: tagGroups.name })
    .from(tags)
    .leftJoin(tagGroups, and(eq(tagGroups.corpId, tags.corpId), eq(tagGroups.groupId, tags.groupId)));
  return {
    stages: await db.select({ id: stages.stageId, name: stages.name }).from(stages),
    tags: tagRows.map(({ id, name, group }) => ({ id, name: `${group ?? ''}/${name}` })),
    stores: await db.select({ id: stores.storeId, name: stores.name }).from(stores),
    files: await db
      .select({ sha256: media.sha256, fileName: media.fileName, contentType: media.contentType, byteSize: media.byteSize })
      .from(media),
  };
}
