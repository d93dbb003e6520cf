import type { ScriptContent } from '@nextline/contract';
import type { Queryable } from '../database.ts';
import { requestInvalid } from '../errors.ts';
import { knownMedia } from './media.store.ts';
import { mediaOf, settingsColumns } from './script-content.ts';
import { insertVersion, upsertScript } from './scripts.store.ts';
import { titlePinyin } from './title-pinyin.ts';

/** Every file that the content holds must be ours, and stays ours until this transaction ends. */
export async function requireMedia(tx: Queryable, content: Pick<ScriptContent, 'parts'>): Promise<void> {
  const known = await knownMedia(tx, mediaOf(content.parts));
  for (const [n, part] of content.parts.entries()) {
    const file = 'media' in part ? part.media : 'cover' in part ? part.cover : null;
    if (file !== null && !known.has(file.sha256))
      throw requestInvalid([
        {
          path: `body.content.parts.${n}`,
          message: {
            'zh-CN': `第 ${n + 1} 条的文件「${file.fileName}」没传上来，再传一次。`,
            en: `The file “${file.fileName}” of message ${n + 1} did not arrive. Upload it again.`,
          },
        },
      ]);
  }
}

export type Publication = {
  corpId: string;
  scriptId: string;
  version: number;
  content: ScriptContent;
  authorUserId: string | null;
  reviewerUserId: string | null;
  createdAt: Date;
  now: Date;
};

/** Writes a version that guides see from now on. The caller has raised the library's version. Older versions stay as they were: sends name them. */
export async function publishVersion(tx: Queryable, publication: Publication): Promise<void> {
  const { corpId, scriptId, version, content, authorUserId, reviewerUserId, createdAt, now } = publication;
  const { title, keywords, purpose, parts, fit, defaults, folderId, audience, validFrom, validUntil } = content;
  await requireMedia(tx, content);
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
    defaults,
    settings: { folderId, audience, validFrom, validUntil },
    authorUserId,
    reviewerUserId,
    createdAt,
    publishedAt: now,
  });
  await upsertScript(tx, {
    corpId,
    scriptId,
    ...settingsColumns(content),
    status: 'published',
    publishedVersion: version,
    retiredAt: null,
    createdAt,
    updatedAt: now,
  });
}
