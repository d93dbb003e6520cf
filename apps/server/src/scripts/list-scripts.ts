import type { Part, ScriptContent, ScriptPage, ScriptRow, scriptQuery } from '@nextline/contract';
import type { z } from 'zod';
import { corpTimeZone } from '../customers/corp-zone.ts';
import { dayOf, instantOf } from '../corp-time.ts';
import { requestInvalid } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { momentAndId, readCursor, writeCursor } from '../page-cursor.ts';
import { asItIs, type Sentence } from '../sentence.ts';
import { foldersUnder } from './folder-tree.ts';
import {
  countLibrary,
  countScripts,
  type ListPlace,
  readLastUses,
  readScriptPage,
  type ScriptFilter,
  type ScriptListLine,
} from './list-scripts.store.ts';
import { audienceOf, contentOf, settingsOf } from './script-content.ts';
import { readStaffNames, readStores, type StoreLine } from './script-editing.store.ts';
import { reachOf } from './script-reach.ts';
import { scriptStats } from './script-stats.ts';
import { readFolders } from './scripts.store.ts';
import { nameOf } from './show-script.ts';

function placeIn(cursor: string | undefined): ListPlace | null {
  if (cursor === undefined) return null;
  const place = readCursor(cursor, momentAndId);
  if (place === null)
    throw requestInvalid([
      {
        path: 'querystring.cursor',
        message: { 'zh-CN': '翻页的位置读不懂，回到第一页。', en: 'This place in the pages is not right. Begin at the first page.' },
      },
    ]);
  return { updatedAt: place[0], scriptId: place[1] };
}

/** The filter with a folder's subfolders in it. */
export async function filterOf(
  { db }: Pick<Deps, 'db'>,
  query: Pick<z.output<typeof scriptQuery>, 'q' | 'folderId' | 'status' | 'audience'>,
): Promise<ScriptFilter> {
  const { folderId, ...filter } = query;
  if (folderId === undefined) return filter;
  return { ...filter, folderIds: foldersUnder(await readFolders(db), folderId) };
}

function wordsOf(part: Part): string {
  if (part.kind === 'text') return part.text;
  return 'media' in part ? part.media.fileName : part.title;
}

const longestExcerpt = 60;

export function excerptOf(parts: readonly Part[]): string {
  const shown = parts.find((part) => part.kind === 'text') ?? parts[0];
  const words = shown ? [...wordsOf(shown).replaceAll(/\s+/g, ' ').trim()] : [];
  return words.length > longestExcerpt ? `${words.slice(0, longestExcerpt).join('')}…` : words.join('');
}

function artOf(parts: readonly Part[]): string | null {
  for (const part of parts) {
    if (part.kind === 'image') return part.media.sha256;
    if ('cover' in part && part.cover !== null) return part.cover.sha256;
  }
  return null;
}

/** 全部门店, 华东区, 南京西路店等 3 家, 只有周以宁. */
export function audienceLabel(
  audience: ScriptContent['audience'],
  stores: readonly StoreLine[],
  nameOfStaff: (id: string) => string,
): Sentence {
  if (audience.kind === 'company') return { 'zh-CN': '全部门店', en: 'All stores' };
  if (audience.kind === 'personal') {
    const name = nameOfStaff(audience.ownerUserId);
    return { 'zh-CN': `只有${name}`, en: `Only ${name}` };
  }
  const wanted = new Set(audience.storeIds);
  const region = stores.find(({ storeId }) => wanted.has(storeId))?.region ?? null;
  const inRegion = region === null ? [] : stores.filter((store) => store.region === region);
  if (inRegion.length > 1 && inRegion.length === wanted.size && inRegion.every(({ storeId }) => wanted.has(storeId)))
    return asItIs(region ?? '');
  const name = stores.find(({ storeId }) => wanted.has(storeId))?.name;
  const first = name === undefined ? { 'zh-CN': '已撤的门店', en: 'A store that is gone' } : asItIs(name);
  if (wanted.size === 1) return first;
  return { 'zh-CN': `${first['zh-CN']}等 ${wanted.size} 家`, en: `${first.en} and others, ${wanted.size} stores` };
}

/** As the contract has them, in both languages. */
type ListedScript = Omit<ScriptRow, 'audienceLabel'> & { audienceLabel: Sentence };
type ListedScripts = Omit<ScriptPage, 'scripts'> & { scripts: ListedScript[] };

/** One page of the console's list, with what stands beside it. */
export async function listScripts(deps: Deps, who: Principal, query: z.output<typeof scriptQuery>): Promise<ListedScripts> {
  const { db, clock } = deps;
  const reach = reachOf(who);
  const now = clock.now();
  const timeZone = await corpTimeZone(deps);
  const today = dayOf(now, timeZone);
  // Day 0 was a Thursday.
  const monday = instantOf(today - ((today + 3) % 7), 0, timeZone);
  const filter = await filterOf(deps, query);
  const after = placeIn(query.cursor);
  const [lines, total, counted, folders, stores, stats] = await Promise.all([
    readScriptPage(db, reach, filter, after, query.limit + 1),
    countScripts(db, reach, filter),
    countLibrary(db, reach, monday),
    readFolders(db),
    readStores(db),
    scriptStats(deps, today),
  ]);
  const shown = lines.slice(0, query.limit);
  const last = shown.at(-1)?.script;
  const ids = shown.map(({ script }) => script.scriptId);
  const [names, lastUses] = await Promise.all([
    readStaffNames(
      db,
      shown.flatMap(({ script }) => [script.updatedBy, script.ownerUserId]),
    ),
    readLastUses(db, ids),
  ]);
  const row = (line: ScriptListLine): ListedScript => {
    const { script, draft, version } = line;
    const words = draft?.content ?? (version ? contentOf(version, settingsOf(script)) : null);
    const audience = audienceOf(script);
    return {
      scriptId: script.scriptId,
      folderId: script.folderId,
      title: words?.title ?? '',
      status: script.status,
      version: draft?.version ?? script.publishedVersion ?? 1,
      publishedVersion: script.publishedVersion,
      partKinds: words?.parts.map(({ kind }) => kind) ?? [],
      excerpt: excerptOf(words?.parts ?? []),
      art: artOf(words?.parts ?? []),
      purpose: words?.purpose ?? 'service',
      audience,
      audienceLabel: audienceLabel(audience, stores, (id) => nameOf(names, id) ?? id),
      uses30d: stats.byScript.get(script.scriptId)?.uses ?? 0,
      lastUsedAt: lastUses.get(script.scriptId)?.toISOString() ?? null,
      validFrom: script.validFrom?.toISOString() ?? null,
      validUntil: script.validUntil?.toISOString() ?? null,
      updatedAt: script.updatedAt.toISOString(),
      updatedBy: nameOf(names, script.updatedBy),
    };
  };
  const sum = (keep: (line: (typeof counted)[number]) => boolean) => counted.filter(keep).reduce((all, { count }) => all + count, 0);
  return {
    scripts: shown.map(row),
    nextCursor: lines.length > query.limit && last ? writeCursor([last.updatedAt.toISOString(), last.scriptId]) : null,
    total,
    counts: {
      all: sum(() => true),
      draft: sum(({ status }) => status === 'draft'),
      review: sum(({ status }) => status === 'review'),
      published: sum(({ status }) => status === 'published'),
      retired: sum(({ status }) => status === 'retired'),
      newThisWeek: counted.reduce((all, { fresh }) => all + fresh, 0),
      byFolder: Object.fromEntries(
        folders.map(({ folderId }) => {
          const within = new Set(foldersUnder(folders, folderId));
          return [folderId, sum((line) => within.has(line.folderId))];
        }),
      ),
      byAudience: {
        company: sum(({ scope }) => scope === 'company'),
        stores: sum(({ scope }) => scope === 'store'),
        personal: sum(({ scope }) => scope === 'personal'),
      },
    },
    folders,
  };
}
