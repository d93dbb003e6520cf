import type { Library, Script } from '@nextline/contract';
import type { ScriptHit, ScriptIndex } from '@nextline/han-search';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { whenIdle } from '../../when-idle.ts';
import { useLibrary } from './library.ts';
import { bodyOf, searchable, snippet } from './script-words.ts';

/** One row of the list, with what a search found in it. */
export type Row = {
  script: Script;
  folderName: string;
  /** Where to mark the title. */
  titleRanges: readonly (readonly [number, number])[];
  /** The words that were found in the body, as they are written there. */
  foundInBody: string | null;
  /** In place of the usual facts, when only the body says why the row is here. */
  snippet: { text: string; range: [number, number] } | null;
  sound: string | null;
};

const plainRow = (script: Script, folderName: string): Row => ({
  script,
  folderName,
  titleRanges: [],
  foundInBody: null,
  snippet: null,
  sound: null,
});

function hitRow(hit: ScriptHit, script: Script, folderName: string): Row {
  const body = hit.bodyRange ? bodyOf(script.parts) : '';
  return {
    script,
    folderName,
    titleRanges: hit.titleRanges,
    foundInBody: hit.bodyRange ? body.slice(...hit.bodyRange) : null,
    snippet: hit.via === 'body' && hit.bodyRange ? snippet(body, hit.bodyRange) : null,
    sound: hit.sound ?? null,
  };
}

/** What a search takes besides its words. */
export type Search = { accept: (scriptId: string) => boolean; boost: (scriptId: string) => number; limit: number };

/** Of every kind that guides type, and of every length on the way there. */
const rehearsed = [
  ['h', 'hb', 'hbz', 'hon', 'hong', 'hongbao', 'z', 'ze', 'zen', 'zenm', 'zenme', 'zenmeyong', 's', 'sh', 'shu', 'shui', 'bushui'],
  ['怎', '怎么', '怎么用', '皮肤', '皮肤干', '皮肤干怎么办', '护', '护理', '护理多少钱', 'tui', 'tuihuo', 'thlc', 'hyr', 'xyz', 'spf50'],
].flat();

const rehearsal: Search = { accept: () => true, boost: () => 1, limit: 30 };

/**
 * A browser compiles what has run often: searches that nobody asked for, each when the page is idle. Or a guide's first keys would be those, at several times
 * what later ones cost.
 */
function rehearse(index: ScriptIndex, signal: AbortSignal, words: readonly string[] = rehearsed): void {
  const [first, ...rest] = words;
  if (signal.aborted) return;
  whenIdle(() => {
    if (first !== undefined) index.search(first, rehearsal);
    if (first !== undefined || index.readAhead()) rehearse(index, signal, rest);
  });
}

/** The search over the library on this device. Its index is built in slices, off the first paint's path. */
export const useScriptSearch = defineStore('script-search', () => {
  const store = useLibrary();
  const index = shallowRef<ScriptIndex | null>(null);
  const byId = computed(() => new Map(store.library?.scripts.map((script) => [script.scriptId, script])));
  const folderNames = computed(() => new Map(store.library?.folders.map((folder) => [folder.folderId, folder.name])));
  const folderName = (script: Script): string => folderNames.value.get(script.folderId) ?? '';

  let building = new AbortController();
  async function build(library: Library): Promise<void> {
    building.abort();
    building = new AbortController();
    const { signal } = building;
    const { createScriptIndexInSlices } = await import('@nextline/han-search');
    const scripts = library.scripts.map((script) => searchable(script, folderName(script)));
    try {
      const built = await createScriptIndexInSlices(scripts, { signal });
      index.value = built;
      rehearse(built, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  watch(
    () => store.library,
    (library) => library && whenIdle(() => void build(library)),
    { immediate: true },
  );

  /** Until the index stands, titles that hold the words letter for letter. */
  function inTitles(query: string, accept: Search['accept']): Script[] {
    const words = query.trim().toLowerCase();
    return (store.library?.scripts ?? []).filter(({ scriptId, title }) => title.toLowerCase().includes(words) && accept(scriptId));
  }

  const plainRows = (scripts: readonly Script[]): Row[] => scripts.map((script) => plainRow(script, folderName(script)));

  return {
    plainRows,
    /** For `accept`. The index asks it once about each script, for as long as it is handed the same. */
    among(accept: (script: Script) => boolean): Search['accept'] {
      const known = byId.value;
      return (scriptId) => {
        const script = known.get(scriptId);
        return script !== undefined && accept(script);
      };
    },
    /** True when an empty answer means that there is nothing. */
    ready: computed(() => index.value !== null),
    search(query: string, options: Search): { total: number; rows: Row[] } {
      if (!index.value) {
        const scripts = inTitles(query, options.accept);
        return { total: scripts.length, rows: plainRows(scripts.slice(0, options.limit)) };
      }
      const { total, hits } = index.value.search(query, options);
      const rows = hits.flatMap((hit) => {
        const script = byId.value.get(hit.scriptId);
        return script ? [hitRow(hit, script, folderName(script))] : [];
      });
      return { total, rows };
    },
  };
});
