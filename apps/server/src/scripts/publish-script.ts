import type { Part, Purpose } from '@nextline/contract';
import type { Database } from '../database.ts';
import { requestInvalid } from '../errors.ts';
import { knownMedia } from './media.store.ts';
import { insertVersion, newestVersion, raiseLibraryVersion, upsertScript } from './scripts.store.ts';
import type { ScriptFit } from './scripts.table.ts';
import { titlePinyin } from './title-pinyin.ts';

export type ScriptToPublish = {
  scriptId: string;
  folderId: string;
  title: string;
  keywords: string[];
  purpose: Purpose;
  parts: Part[];
  fit: ScriptFit;
  visibility: { scope: 'company' } | { scope: 'store'; storeId: string } | { scope: 'personal'; ownerUserId: string };
  validFrom: Date | null;
  validUntil: Date | null;
  authorUserId: string | null;
};

const mediaOf = (parts: Part[]) =>
  parts.flatMap((part) => ('media' in part ? [part.media.sha256] : 'cover' in part && part.cover !== null ? [part.cover.sha256] : []));

/**
 * Makes the next version of a script the one that guides see, and the library newer, in one transaction. Older versions stay as they
 * were: sends name them.
 */
export async function publishScript(db: Database, corpId: string, script: ScriptToPublish, now: Date): Promise<{ version: number }> {
  const { scriptId, folderId, title, keywords, purpose, parts, fit, visibility, validFrom, validUntil, authorUserId } = script;
  return db.transaction(async (tx) => {
    await raiseLibraryVersion(tx, corpId, now);
    const wanted = mediaOf(parts);
    const known = await knownMedia(tx, wanted);
    if (wanted.some((sha256) => !known.has(sha256))) throw requestInvalid([{ path: 'parts', message: '有文件没传上来，再传一次。' }]);
    const version = (await newestVersion(tx, scriptId)) + 1;
    await insertVersion(tx, {
      corpId,
      scriptId,
      version,
      title,
      titlePinyin: titlePinyin(title),
      keywords,
      purpose,
      parts,
      fit,
      authorUserId,
      createdAt: now,
      publishedAt: now,
    });
    await upsertScript(tx, {
      corpId,
      scriptId,
      folderId,
      scope: visibility.scope,
      storeId: visibility.scope === 'store' ? visibility.storeId : null,
      ownerUserId: visibility.scope === 'personal' ? visibility.ownerUserId : null,
      status: 'published',
      publishedVersion: version,
      validFrom,
      validUntil,
      createdAt: now,
      updatedAt: now,
    });
    return { version };
  });
}
