import type { Language, MediaRef, Part } from '@nextline/contract';
import type { Sentence } from '../sentence.ts';
import { readText, splitAt, writeItem, writeText } from './cell-text.ts';
import { colon, fieldOf, fieldWords, markOf, type PartField, partMarks } from './table-words.ts';

/** Finds a stored file by its hash, or by its name when only one is called so. */
export type FindFile = (asked: { sha256: string | null; fileName: string }) => MediaRef | 'none' | 'several';

const writeFile = ({ fileName, sha256 }: MediaRef) => `${writeItem(fileName)} sha256:${sha256}`;

/** A message in one cell: a text as it is, anything else behind its mark. */
export function writePart(part: Part, language: Language): string {
  const mark = partMarks[part.kind][language];
  const fields = (...said: [PartField, string][]) =>
    [mark, ...said.map(([field, words]) => fieldWords[field][language] + colon[language] + words)].join('\n');
  switch (part.kind) {
    case 'text':
      return part.text === '' || markOf(part.text) !== null ? mark + writeText(part.text) : writeText(part.text);
    case 'image':
    case 'video':
    case 'file':
      return `${mark} ${writeFile(part.media)}`;
    case 'link':
      return fields(
        ['title', writeItem(part.title)],
        ['description', writeItem(part.description)],
        ['url', writeItem(part.url)],
        ...(part.cover === null ? [] : [['cover', writeFile(part.cover)] satisfies [PartField, string]]),
      );
    case 'miniprogram':
      return fields(
        ['title', writeItem(part.title)],
        ['appId', writeItem(part.appId)],
        ['page', writeItem(part.page)],
        ['cover', writeFile(part.cover)],
      );
  }
}

/** A part, or the sentence that says what is wrong with the cell. */
export function readPart(cell: string, findFile: FindFile): Part | Sentence {
  const marked = markOf(cell);
  if (marked === null) return { kind: 'text', text: readText(cell) };
  const { kind, rest } = marked;
  switch (kind) {
    case 'text':
      return { kind, text: readText(rest) };
    case 'link':
      return readLink(fieldsOf(rest), findFile);
    case 'miniprogram':
      return readMiniprogram(fieldsOf(rest), findFile);
    default: {
      const media = readFile(rest, findFile);
      return 'sha256' in media ? { kind, media } : media;
    }
  }
}

function readFile(cell: string, findFile: FindFile): MediaRef | Sentence {
  const [, named = '', sha256 = null] = /^([\s\S]*?)(?:\s*sha256:([0-9a-f]{64}))?\s*$/.exec(cell) ?? [];
  const fileName = readText(named.trim());
  const found = findFile({ sha256, fileName });
  if (found === 'none')
    return {
      'zh-CN': `素材库里没有「${fileName}」，先到素材里上传。`,
      en: `There is no “${fileName}” among the media. Upload it there first.`,
    };
  if (found === 'several')
    return {
      'zh-CN': `素材库里有好几个叫「${fileName}」，在后面写上 sha256:… 说明是哪个。`,
      en: `Several media are called “${fileName}”. Write sha256:… behind it to say which one.`,
    };
  return { ...found, fileName: fileName === '' ? found.fileName : fileName };
}

type Fields = ReadonlyMap<PartField, string>;

/** `名：值` or `Name: value` on lines of their own. */
function fieldsOf(cell: string): Fields {
  return new Map(
    splitAt(cell, '\n').flatMap((line) => {
      const [, name = '', value] = /^\s*([^：:]+?)\s*[：:]\s?([\s\S]*)$/.exec(line) ?? [];
      const field = fieldOf(name);
      return field === null || value === undefined ? [] : [[field, value] as const];
    }),
  );
}

const textOf = (fields: Fields, field: PartField) => readText((fields.get(field) ?? '').trim());

function readLink(fields: Fields, findFile: FindFile): Part | Sentence {
  const coverCell = fields.get('cover');
  const cover = coverCell === undefined || coverCell.trim() === '' ? null : readFile(coverCell, findFile);
  if (cover !== null && !('sha256' in cover)) return cover;
  return { kind: 'link', title: textOf(fields, 'title'), description: textOf(fields, 'description'), url: textOf(fields, 'url'), cover };
}

function readMiniprogram(fields: Fields, findFile: FindFile): Part | Sentence {
  const coverCell = fields.get('cover') ?? '';
  if (coverCell.trim() === '')
    return {
      'zh-CN': '小程序要有封面：加一行「封面：文件名」。',
      en: 'A mini program needs a cover: add a line “Cover:” and the name of the file.',
    };
  const cover = readFile(coverCell, findFile);
  if (!('sha256' in cover)) return cover;
  return { kind: 'miniprogram', title: textOf(fields, 'title'), appId: textOf(fields, 'appId'), page: textOf(fields, 'page'), cover };
}
