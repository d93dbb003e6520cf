import type { MediaPage, MediaRow } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import { requestInvalid } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { momentAndId, readCursor, writeCursor } from '../page-cursor.ts';
import {
  countMedia,
  deleteMedia,
  findMediaLine,
  type MediaLine,
  type MediaPlace,
  type MediaUses,
  readMediaPage,
  readMediaUses,
  unused,
} from './media-library.store.ts';
import type { UploadKind } from './media.store.ts';
import { mediaInUse, mediaNotFound } from './script-errors.ts';
import { reachOf } from './script-reach.ts';
import { storeMedia } from './store-media.ts';

function rowOf(line: MediaLine, uses: MediaUses): MediaRow {
  const { storedAt, contentType, ...rest } = line;
  const kind = contentType.startsWith('image/') ? 'image' : contentType.startsWith('video/') ? 'video' : 'file';
  return { ...rest, contentType, kind, storedAt: storedAt.toISOString(), ...uses };
}

/** Keeps an uploaded file; one that is there already is answered as it is. */
export async function uploadMedia(deps: Deps, who: Principal, file: { fileName: string; bytes: Buffer }): Promise<MediaRow> {
  const { corpId } = deps.config.wecom;
  const at = deps.clock.now();
  return deps.db.transaction(async (tx) => {
    const { sha256, fileName, byteSize } = await storeMedia(tx, corpId, file, at);
    await writeAudit(tx, {
      corpId,
      who,
      action: 'media.upload',
      subject: { kind: 'media', id: sha256 },
      detail: { fileName, byteSize },
      at,
    });
    const line = await findMediaLine(tx, sha256);
    if (line === null) throw mediaNotFound();
    if (line.contentType.startsWith('image/') && line.width === null)
      throw requestInvalid([
        {
          path: 'file',
          message: {
            'zh-CN': '这张图片打不开，可能坏了。换一张再传。',
            en: 'This picture cannot be opened, it may be damaged. Upload another one.',
          },
        },
      ]);
    return rowOf(line, (await readMediaUses(tx, reachOf(who), [sha256])).get(sha256) ?? unused);
  });
}

function placeIn(cursor: string | undefined): MediaPlace | null {
  if (cursor === undefined) return null;
  const place = readCursor(cursor, momentAndId);
  if (place === null)
    throw requestInvalid([
      {
        path: 'querystring.cursor',
        message: { 'zh-CN': '翻页的位置读不懂，回到第一页。', en: 'This place in the pages is not right. Begin at the first page.' },
      },
    ]);
  return { storedAt: place[0], sha256: place[1] };
}

export async function listMedia(
  { db }: Pick<Deps, 'db'>,
  who: Principal,
  { cursor, kind, limit }: { cursor?: string | undefined; kind?: UploadKind | undefined; limit: number },
): Promise<MediaPage> {
  const lines = await readMediaPage(db, kind, placeIn(cursor), limit + 1);
  const shown = lines.slice(0, limit);
  const uses = await readMediaUses(
    db,
    reachOf(who),
    shown.map(({ sha256 }) => sha256),
  );
  const last = shown.at(-1);
  const more = lines.length > limit && last;
  return {
    media: shown.map((line) => rowOf(line, uses.get(line.sha256) ?? unused)),
    nextCursor: more ? writeCursor([last.storedAt.toISOString(), last.sha256]) : null,
    total: await countMedia(db, kind),
  };
}

/** Only what no draft and no version holds. */
export async function removeMedia(deps: Deps, who: Principal, sha256: string): Promise<void> {
  const { corpId } = deps.config.wecom;
  const at = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    // Whoever puts it into a script meanwhile waits for us, and then finds it gone.
    const line = await findMediaLine(tx, sha256, true);
    if (line === null) throw mediaNotFound();
    const uses = (await readMediaUses(tx, reachOf(who), [sha256])).get(sha256) ?? unused;
    if (uses.usedIn.length + uses.usedElsewhere > 0) throw mediaInUse(uses);
    await deleteMedia(tx, sha256);
    await writeAudit(tx, {
      corpId,
      who,
      action: 'media.delete',
      subject: { kind: 'media', id: sha256 },
      detail: { fileName: line.fileName },
      at,
    });
  });
}
