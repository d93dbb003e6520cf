import { createHash } from 'node:crypto';
import type { MediaRef } from '@nextline/contract';
import type { Queryable } from '../database.ts';
import { requestInvalid } from '../errors.ts';
import type { Sentence } from '../sentence.ts';
import { insertMedia } from './media.store.ts';
import { largestBytes, sniffContent, tooFewBytes } from './sniff-content.ts';
import { readPicture } from './thumbnail.ts';

const refused = (message: Sentence) => requestInvalid([{ path: 'file', message }]);

/** Keeps a file once, by its content. What WeCom would not let anybody send is refused with what to do about it. */
export async function storeMedia(db: Queryable, corpId: string, file: { fileName: string; bytes: Buffer }, now: Date): Promise<MediaRef> {
  const content = sniffContent(file.fileName, file.bytes);
  if (content === null || file.bytes.length <= tooFewBytes)
    throw refused({ 'zh-CN': '只收 JPG、PNG、MP4、PDF 和 Office 文件。', en: 'Only JPG, PNG, MP4, PDF and Office files.' });
  const limit = largestBytes[content.kind];
  if (file.bytes.length > limit)
    throw refused({
      'zh-CN': `文件太大，最多 ${limit / 1024 / 1024} MB。`,
      en: `The file is too large: at most ${limit / 1024 / 1024} MB.`,
    });
  const picture = content.kind === 'image' ? await readPicture(file.bytes) : null;
  const ref = {
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    fileName: file.fileName,
    byteSize: file.bytes.length,
    contentType: content.contentType,
  };
  await insertMedia(db, corpId, { ...ref, ...picture, bytes: file.bytes }, now);
  return ref;
}
