import type { ChatMessage, Part } from '@nextline/contract';
import { fill, withDefaults } from '@nextline/script-variables';
import { requestInvalid, variableUnresolved } from '../errors.ts';
import type { StoredPart } from './sends.table.ts';

export type Writing = {
  parts: readonly Part[];
  /** Values of the customer and the guide; what the guide filled in wins. */
  values: Readonly<Record<string, string>>;
  /** The script's own words for values that are missing. */
  defaults: Readonly<Record<string, string>>;
  fills: Readonly<Record<string, string>>;
  /** The guide's own words for a text part. */
  edits: readonly { n: number; text: string }[];
  publicUrl: string;
};

const longestLabel = 24;

/** The texts with everything in its place; refuses with the names of all variables that have no value. */
export function writeTexts({ parts, values, defaults, fills, edits }: Writing): Map<number, string> {
  const wrong = edits.find(({ n }) => parts[n - 1]?.kind !== 'text');
  if (wrong)
    throw requestInvalid([
      {
        path: 'body.edits',
        message: { 'zh-CN': `第 ${wrong.n} 条不是文字，改不了。`, en: `Message ${wrong.n} is not a text and cannot be changed.` },
      },
    ]);
  const texts = new Map<number, string>();
  const unresolved = new Set<string>();
  for (const [index, part] of parts.entries()) {
    if (part.kind !== 'text') continue;
    const n = index + 1;
    const filled = fill(edits.find((edit) => edit.n === n)?.text ?? part.text, { ...withDefaults(values, defaults), ...fills });
    texts.set(n, filled.text);
    for (const variable of filled.unresolved) unresolved.add(variable);
  }
  if (unresolved.size > 0) throw variableUnresolved([...unresolved]);
  return texts;
}

/** The media of a script that must be at WeCom before it can be sent; covers go by their address. */
export function mediaIn(parts: readonly Part[]): { n: number; sha256: string; kind: 'image' | 'video' | 'file'; title: string }[] {
  return parts.flatMap((part, index) =>
    part.kind === 'image' || part.kind === 'video' || part.kind === 'file'
      ? [{ n: index + 1, sha256: part.media.sha256, kind: part.kind, title: part.media.fileName }]
      : [],
  );
}

/** The messages as the bridge wants them, each still waiting to be sent. */
export function writeMessages(writing: Writing, mediaIds: ReadonlyMap<number, string>): StoredPart[] {
  const texts = writeTexts(writing);
  return writing.parts.map((part, index) => {
    const n = index + 1;
    const message = messageOf(part, texts.get(n) ?? '', mediaIds.get(n) ?? '', writing.publicUrl);
    return { n, label: labelOf(part, texts.get(n) ?? ''), state: 'waiting', message, errMsg: null, settledAt: null };
  });
}

function messageOf(part: Part, content: string, mediaid: string, publicUrl: string): ChatMessage {
  const pictureUrl = (cover: { sha256: string } | null) => (cover === null ? '' : `${publicUrl}/media/${cover.sha256}`);
  switch (part.kind) {
    case 'text':
      return { msgtype: 'text', text: { content } };
    case 'image':
      return { msgtype: 'image', image: { mediaid } };
    case 'video':
      return { msgtype: 'video', video: { mediaid } };
    case 'file':
      return { msgtype: 'file', file: { mediaid } };
    case 'link':
      return { msgtype: 'news', news: { link: part.url, title: part.title, desc: part.description, imgUrl: pictureUrl(part.cover) } };
    case 'miniprogram':
      return {
        msgtype: 'miniprogram',
        miniprogram: { appid: part.appId, title: part.title, imgUrl: pictureUrl(part.cover), page: pageOf(part.page) },
      };
  }
}

/** WeCom opens a mini-program's page only with `.html` behind its path. */
function pageOf(page: string): string {
  const [path = '', ...query] = page.split('?');
  const withEnding = path.endsWith('.html') ? path : `${path}.html`;
  return [withEnding, ...query].join('?');
}

function labelOf(part: Part, text: string): string {
  const named = {
    text: () => text.replaceAll(/\s+/g, ' '),
    image: () => `图片：${nameOf(part)}`,
    video: () => `视频：${nameOf(part)}`,
    file: () => `文件：${nameOf(part)}`,
    link: () => `链接：${nameOf(part)}`,
    miniprogram: () => `小程序：${nameOf(part)}`,
  }[part.kind]();
  const characters = [...named];
  return characters.length > longestLabel ? `${characters.slice(0, longestLabel).join('')}…` : named;
}

function nameOf(part: Part): string {
  if ('media' in part) return part.media.fileName.replace(/\.[^.]+$/, '');
  return 'title' in part ? part.title : '';
}
