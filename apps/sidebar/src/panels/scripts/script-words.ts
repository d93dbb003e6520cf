import type { Part, PartKind, Script } from '@nextline/contract';
import type { SearchableScript } from '@nextline/han-search';
import { dayWords, localTime } from '../../day-words.ts';
import type { IconName } from '../../icons/paths.ts';

const kindWords: Readonly<Record<PartKind, string>> = {
  text: '文字',
  image: '图片',
  video: '视频',
  file: '文件',
  link: '链接',
  miniprogram: '小程序',
};

const kindsOf = (parts: readonly Part[]): PartKind[] => [...new Set(parts.map((part) => part.kind))];

/** `文字`, `图片`, and for mixtures `图+文`, `视频+文`; text is always said last. */
export function kindOf(parts: readonly Part[]): string {
  const kinds = kindsOf(parts);
  if (kinds.length === 1 && kinds[0]) return kindWords[kinds[0]];
  const shorter = (kind: PartKind) => (kind === 'image' ? '图' : kindWords[kind]);
  return [...kinds.filter((kind) => kind !== 'text').map(shorter), ...(kinds.includes('text') ? ['文'] : [])].join('+');
}

/** `先文字，后图片`: in which order the parts go out; null for a single one. */
export function orderOf(parts: readonly Part[]): string | null {
  const [first, ...rest] = parts.map((part) => kindWords[part.kind]);
  if (first === undefined || rest.length === 0) return null;
  return rest.length === 1 ? `先${first}，后${rest[0]}` : `${parts.length} 条：${[first, ...rest].join('、')}`;
}

const soonDays = 14;

/** The second fact of a row: its last day when that is near, else how many parts, else its folder. */
export function rowFact(script: Script, folderName: string, now: Date, timeZone: string): string {
  if (script.validUntil !== null) {
    // The end itself is over: midnight ends the day before.
    const until = new Date(Date.parse(script.validUntil) - 1);
    const days = localTime(until, timeZone).dayNumber - localTime(now, timeZone).dayNumber;
    if (days <= soonDays) return `${dayWords(until, now, timeZone)}截止`;
  }
  return script.parts.length > 1 ? `${script.parts.length} 条` : folderName;
}

/** `30 天里用过 86 次，44 人回了`; of replies nothing where nobody tells us of them. */
export function useWords({ uses30d, replies30d }: Script): string {
  if (uses30d === 0) return '30 天里还没人用过';
  const used = `30 天里用过 ${uses30d} 次`;
  if (replies30d === null) return used;
  return `${used}，${replies30d === 0 ? '还没人回' : `${replies30d} 人回了`}`;
}

/** What stands in the tile: a picture if the script has one, else the icon of its most telling part. */
export function tileOf(parts: readonly Part[]): { picture: string | null; icon: IconName } {
  const telling = parts.find((part) => part.kind !== 'text')?.kind ?? 'text';
  for (const part of parts) {
    if (part.kind === 'image') return { picture: `/media/${part.media.sha256}`, icon: telling };
    if ((part.kind === 'link' || part.kind === 'miniprogram') && part.cover)
      return { picture: `/media/${part.cover.sha256}`, icon: telling };
  }
  return { picture: null, icon: telling };
}

/** All words of a script's parts: what a search looks through. */
export function bodyOf(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'link') return `${part.title}\n${part.description}`;
      return part.kind === 'miniprogram' ? part.title : part.media.fileName;
    })
    .join('\n');
}

export function searchable(script: Script, folderName: string): SearchableScript {
  const { scriptId, title, titlePinyin, keywords, parts } = script;
  return { scriptId, title, titlePinyin, keywords, body: bodyOf(parts), folderName };
}

const snippetLead = 4;
/** No row is so wide: what it cannot show need not be laid out with every key. */
const snippetLength = 60;

/** A line of the body around a hit, the hit's place in it, for a row whose title does not show why it is there. */
export function snippet(body: string, [from, to]: readonly [number, number]): { text: string; range: [number, number] } {
  const lineStart = body.lastIndexOf('\n', from) + 1;
  let cut = Math.max(lineStart, from - snippetLead);
  // Neither half a character nor the punctuation before the words.
  while (cut > lineStart && cut < from && /^[^\p{L}\p{N}\p{S}]/u.test(body.slice(cut, cut + 2))) cut += 1;
  const lead = cut > lineStart ? '…' : '';
  const lineEnd = body.indexOf('\n', to);
  const end = lineEnd < 0 ? body.length : lineEnd;
  const shown = Math.min(end, Math.max(to, cut + snippetLength));
  const text = lead + body.slice(cut, shown).replace(/[\ud800-\udbff]$/, '') + (shown < end ? '…' : '');
  return { text, range: [from - cut + lead.length, to - cut + lead.length] };
}
