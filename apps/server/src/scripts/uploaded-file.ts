import type { FastifyRequest } from 'fastify';
import { requestInvalid } from '../errors.ts';
import type { Sentence } from '../sentence.ts';

export type UploadedFile = { fileName: string; bytes: Buffer; fields: Readonly<Record<string, string>> };

const refused = (message: Sentence) => requestInvalid([{ path: 'file', message }]);

/** Only the last part of a name that may be a path, without what no file system and no database keeps. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .toWellFormed()
    .replaceAll(/[\u0000-\u001f\u007f]/g, '')
    .trim();
  return [...clean].slice(-200).join('') || '没有名字';
}

/** The one file of a multipart request with the fields before it. What is larger is refused when it is, not read to its end. */
export async function readUploadedFile(request: FastifyRequest, mostBytes: number): Promise<UploadedFile> {
  if (!request.isMultipart()) throw refused({ 'zh-CN': '没有收到文件，再选一次。', en: 'No file arrived. Choose it again.' });
  const part = await request.file({ limits: { fileSize: mostBytes, files: 1, fields: 10, fieldSize: 1000 } });
  if (!part) throw refused({ 'zh-CN': '没有收到文件，再选一次。', en: 'No file arrived. Choose it again.' });
  const chunks: Buffer[] = [];
  for await (const chunk of part.file) chunks.push(chunk);
  if (part.file.truncated)
    throw refused({
      'zh-CN': `文件太大，最多 ${Math.floor(mostBytes / 1024 / 1024)} MB。`,
      en: `The file is too large: at most ${Math.floor(mostBytes / 1024 / 1024)} MB.`,
    });
  const fields = Object.entries(part.fields).flatMap(([name, field]) =>
    field && !Array.isArray(field) && field.type === 'field' ? [[name, String(field.value)]] : [],
  );
  return { fileName: cleanName(part.filename), bytes: Buffer.concat(chunks), fields: Object.fromEntries(fields) };
}
