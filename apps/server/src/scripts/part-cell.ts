import type { MediaRef, Part } from '@nextline/contract';
import type { Sentence } from '../sentence.ts';
import { readText, splitAt, writeItem, writeText } from './cell-text.ts';

/** Finds a stored file by its hash, or by its name when only one is called so. */
export type FindFile = (asked: { sha256: string | null; fileName: string }) => MediaRef | 'none' | 'several';

const marks = { image: '[图片]', video: '[视频]', file: '[文件]', link: '[链接]', miniprogram: '[小程序]', text: '[文字]' } as const;
const anyMark = new RegExp(
  `^(?:${Object.values(marks)
    .map((mark) => mark.replaceAll(/[[\]]/g, String.raw`\$&`))
    .join('|')})`,
);

const writeFile = ({ fileName, sha256 }: MediaRef) => `${writeItem(fileName)} sha256:${sha256}`;

/** A message in one cell: a text as it is, anything else behind its mark. */
export function writePart(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text === '' || anyMark.test(part.text) ? `${marks.text}${writeText(part.text)}` : writeText(part.text);
    case 'image':
    case 'video':
    case 'file':
      return `${marks[part.kind]} ${writeFile(part.media)}`;
    case 'link':
      return [
        marks.link,
        `标题：${writeItem(part.title)}`,
        `说明：${writeItem(part.description)}`,
        `网址：${writeItem(part.url)}`,
        ...(part.cover === null ? [] : [`封面：${writeFile(part.cover)}`]),
      ].join('\n');
    case 'miniprogram':
      return [
        marks.miniprogram,
        `标题：${writeItem(part.title)}`,
        `AppID：${writeItem(part.appId)}`,
        `页面：${writeItem(part.page)}`,
        `封面：${writeFile(part.cover)}`,
      ].join('\n');
  }
}

/** A part, or the sentence that says what is wrong with the cell. */
export function readPart(cell: string, findFile: FindFile): Part | Sentence {
  const mark = anyMark.exec(cell)?.[0];
  const rest = cell.slice(mark?.length ?? 0);
  switch (mark) {
    case undefined:
      return { kind: 'text', text: readText(cell) };
    case marks.text:
      return { kind: 'text', text: readText(rest) };
    case marks.link:
      return readLink(fieldsOf(rest), findFile);
    case marks.miniprogram:
      return readMiniprogram(fieldsOf(rest), findFile);
    default: {
      const kind = mark === marks.image ? 'image' : mark === marks.video ? 'video' : 'file';
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

/** `名：值` on lines of their own. */
function fieldsOf(cell: string): Map<string, string> {
  return new Map(
    splitAt(cell, '\n').flatMap((line) => {
      const [, name, value] = /^\s*([^：:]+?)\s*[：:]\s?([\s\S]*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}

const textOf = (fields: ReadonlyMap<string, string>, name: string) => readText((fields.get(name) ?? '').trim());

function readLink(fields: ReadonlyMap<string, string>, findFile: FindFile): Part | Sentence {
  const coverCell = fields.get('封面');
  const cover = coverCell === undefined || coverCell.trim() === '' ? null : readFile(coverCell, findFile);
  if (cover !== null && !('sha256' in cover)) return cover;
  return { kind: 'link', title: textOf(fields, '标题'), description: textOf(fields, '说明'), url: textOf(fields, '网址'), cover };
}

function readMiniprogram(fields: ReadonlyMap<string, string>, findFile: FindFile): Part | Sentence {
  const coverCell = fields.get('封面') ?? '';
  if (coverCell.trim() === '')
    return {
      'zh-CN': '小程序要有封面：加一行「封面：文件名」。',
      en: 'A mini-program needs a cover: add a line “封面：” and the name of the file.',
    };
  const cover = readFile(coverCell, findFile);
  if (!('sha256' in cover)) return cover;
  return { kind: 'miniprogram', title: textOf(fields, '标题'), appId: textOf(fields, 'AppID'), page: textOf(fields, '页面'), cover };
}
