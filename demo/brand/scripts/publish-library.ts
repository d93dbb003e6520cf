import { stores } from '../../../apps/server/src/identity/identity.table.ts';
import type { Queryable } from '../../../apps/server/src/database.ts';
import { insertVersion, raiseLibraryVersion, upsertFolder, upsertScript } from '../../../apps/server/src/scripts/scripts.store.ts';
import type { ScriptFit } from '../../../apps/server/src/scripts/scripts.table.ts';
import { titlePinyin } from '../../../apps/server/src/scripts/title-pinyin.ts';
import { dayMs } from '../../../apps/server/src/corp-time.ts';
import { tags } from '../../../apps/server/src/tags/tags.table.ts';
import type { BrandFiles } from '../art/store-files.ts';
import { composePart } from './compose-part.ts';
import type { FitDraft } from './draft.ts';
import { brandFolders, type LibraryScript } from './library.ts';

/** Everybody's author: the head of operations. */
const author = 'luyiming';
const usualAgeDays = 150;

type Names = { tagIds: ReadonlyMap<string, string>; storeIds: ReadonlyMap<string, string> };

function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The brand's scripts speak of ${name}, which WeCom did not tell us of.`);
  return id;
}

function fitOf(draft: FitDraft, { tagIds }: Names): ScriptFit {
  return {
    stageIds: [...(draft.stages ?? [])],
    tagIds: (draft.tags ?? []).map((name) => known(tagIds, name)),
    answers: [...(draft.answers ?? [])],
    daysSinceFollow: draft.daysSinceFollow ?? null,
    daysSinceOrder: draft.daysSinceOrder ?? null,
    orderItems: [...(draft.orderItems ?? [])],
    season: [...(draft.season ?? [])],
    silentDays: draft.silentDays ?? null,
  };
}

function ownerOf(owner: LibraryScript['owner'], { storeIds }: Names) {
  return {
    scope: owner.scope,
    storeIds: owner.scope === 'store' ? [known(storeIds, owner.storeName)] : [],
    ownerUserId: owner.scope === 'personal' ? owner.userId : null,
  };
}

/** When guides got a script. */
export const publishedAt = ({ draft }: LibraryScript, now: Date): Date =>
  new Date(now.getTime() - (draft.publishedDaysAgo ?? usualAgeDays) * dayMs);

/** Folders and scripts, published when the brand published them. */
export async function publishLibrary(
  tx: Queryable,
  corpId: string,
  library: readonly LibraryScript[],
  files: BrandFiles,
  now: Date,
): Promise<void> {
  const tagRows = await tx.select({ name: tags.name, tagId: tags.tagId }).from(tags);
  const storeRows = await tx.select({ name: stores.name, storeId: stores.storeId }).from(stores);
  const names = {
    tagIds: new Map(tagRows.map(({ name, tagId }) => [name, tagId])),
    storeIds: new Map(storeRows.map(({ name, storeId }) => [name, storeId])),
  };
  await raiseLibraryVersion(tx, corpId, now);
  for (const folder of brandFolders) await upsertFolder(tx, corpId, folder);
  for (const one of library) {
    const { scriptId, folderId, owner, draft } = one;
    const at = publishedAt(one, now);
    await insertVersion(tx, {
      corpId,
      scriptId,
      version: 1,
      title: draft.title,
      titlePinyin: titlePinyin(draft.title),
      keywords: draft.keywords.split(' '),
      purpose: draft.marketing ? 'marketing' : 'service',
      parts: draft.parts.map((part) => composePart(part, files)),
      fit: fitOf(draft.fit ?? {}, names),
      authorUserId: owner.scope === 'personal' ? owner.userId : author,
      createdAt: at,
      publishedAt: at,
    });
    await upsertScript(tx, {
      corpId,
      scriptId,
      folderId,
      ...ownerOf(owner, names),
      status: 'published',
      publishedVersion: 1,
      // What guides wrote they also showed to headquarters.
      sharedAt: owner.scope === 'personal' ? at : null,
      validFrom: null,
      validUntil: draft.endsInDays === undefined ? null : new Date(now.getTime() + draft.endsInDays * dayMs),
      createdAt: at,
      updatedAt: at,
    });
  }
}
