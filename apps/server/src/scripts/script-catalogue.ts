import { type Script, script as scriptSchema, type ScriptFolder } from '@nextline/contract';
import { variablesIn } from '@nextline/script-variables';
import { cached, onePerDatabase } from '../cached.ts';
import { corpTimeZone } from '../customers/corp-zone.ts';
import { dayOf, monthStarts } from '../corp-time.ts';
import type { Deps } from '../feature.ts';
import { isInSeason } from './script-scope.ts';
import { scriptStats } from './script-stats.ts';
import { readFolders, readLibraryVersion, readPublished, type ScriptStats, type StoredScript } from './scripts.store.ts';

export type CatalogueScript = {
  script: Script;
  /** `script` as JSON, checked against the contract once: a library of 5,000 is not checked again for every guide. */
  json: string;
  stored: StoredScript;
  variables: string[];
};

export type ScriptCatalogue = {
  libraryVersion: number;
  /** Day of the counts in it, and the last instant at which a script's dates made a difference: both are part of the ETag. */
  statsDay: number;
  datedAt: number;
  /** The next instant at which they will. */
  changesAt: number;
  folders: ScriptFolder[];
  scripts: CatalogueScript[];
  byId: ReadonlyMap<string, CatalogueScript>;
  /** Every variable that some script names. */
  variables: string[];
};

type CatalogueDeps = Pick<Deps, 'db' | 'clock' | 'log'>;

const catalogues = onePerDatabase((deps: CatalogueDeps) =>
  cached<ScriptCatalogue>({
    clock: deps.clock,
    load: () => loadCatalogue(deps),
    isCurrent: async (catalogue) => {
      const now = deps.clock.now();
      if (now.getTime() >= catalogue.changesAt) return false;
      const stats = await scriptStats(deps, dayOf(now, await corpTimeZone(deps)));
      return stats.day === catalogue.statsDay && (await readLibraryVersion(deps.db)) === catalogue.libraryVersion;
    },
  }),
);

/** All published scripts of this season, ready to be shown, ranked and searched. At most ten seconds behind another process, never behind this one. */
export const scriptCatalogue = (deps: CatalogueDeps): Promise<ScriptCatalogue> => catalogues(deps).get();
export const forgetScriptCatalogue = (deps: CatalogueDeps): void => catalogues(deps).forget();

async function loadCatalogue(deps: CatalogueDeps): Promise<ScriptCatalogue> {
  const now = deps.clock.now();
  const timeZone = await corpTimeZone(deps);
  const stats = await scriptStats(deps, dayOf(now, timeZone));
  // Read before the scripts: a script that is published in between is seen again at the next check, never missed.
  const libraryVersion = await readLibraryVersion(deps.db);
  const [folders, stored] = await Promise.all([readFolders(deps.db), readPublished(deps.db)]);
  const scripts: CatalogueScript[] = [];
  for (const one of stored) {
    if (!isInSeason(one.fit, now, timeZone)) continue;
    // Five thousand scripts take some 100 ms to check: others get their turn in between.
    if (scripts.length % 200 === 199) await new Promise((turn) => setImmediate(turn));
    scripts.push(toCatalogueScript(one, stats.byScript.get(one.scriptId)));
  }
  const ownDates = stored.flatMap((one) => [one.validFrom, one.validUntil]).flatMap((date) => (date === null ? [] : [date.getTime()]));
  const seasonal = stored.some((one) => (one.fit.season ?? []).length > 0);
  const dates = [...ownDates, ...(seasonal ? monthStarts(now, timeZone).map((start) => start.getTime()) : [])];
  return {
    libraryVersion,
    statsDay: stats.day,
    datedAt: Math.max(0, ...dates.filter((date) => date <= now.getTime())),
    changesAt: Math.min(Infinity, ...dates.filter((date) => date > now.getTime())),
    folders,
    scripts,
    byId: new Map(scripts.map((one) => [one.script.scriptId, one])),
    variables: [...new Set(scripts.flatMap((one) => one.variables))],
  };
}

function toCatalogueScript(stored: StoredScript, counts: ScriptStats | undefined): CatalogueScript {
  const { scriptId, version, folderId, title, titlePinyin, keywords, purpose, parts, defaults, scope } = stored;
  const script = scriptSchema.parse({
    scriptId,
    version,
    folderId,
    title,
    titlePinyin,
    keywords,
    purpose,
    parts,
    defaults,
    suits: { stageIds: stored.fit.stageIds, tagIds: stored.fit.tagIds },
    scope,
    validUntil: stored.validUntil?.toISOString() ?? null,
    publishedAt: stored.publishedAt.toISOString(),
    uses30d: counts?.uses ?? 0,
    replies30d: counts === undefined ? null : counts.replies,
  });
  const variables = [...new Set(parts.flatMap((part) => (part.kind === 'text' ? variablesIn(part.text) : [])))];
  return { script, json: JSON.stringify(script), stored, variables };
}
