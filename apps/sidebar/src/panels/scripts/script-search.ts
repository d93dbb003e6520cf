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

export const plainRow = (script: Script, folderName: string): Row => ({
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

/** Of every kind that guides type. */
const rehearsed = ['h', 'hb', 'j', 'hong', 'jifen', '怎', '怎么', 'hongbao', '怎么用', 'sh', 'huan', 'qqzz'];

/**
 * A browser compiles what has run often: searches that nobody asked for, each when the page is idle. Or a guide's first keys would be those, at several times
 * what later ones cost.
 */
function rehearse(index: ScriptIndex, signal: AbortSignal, words: readonly string[] = rehearsed): void {
  const [first, ...rest] = words;
  if (signal.aborted) return;
  whenIdle(() => {
    if (first !== undefined) index.search(first, { limit: 30 });
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
  function inTitles(query: string, accept: (script: Script) => boolean): Script[] {
    const words = query.trim().toLowerCase();
    return (store.library?.scripts ?? []).filter((script) => script.title.toLowerCase().includes(words) && accept(script));
  }

  return {
    folderName,
    /** True when an empty answer means that there is nothing. */
    ready: computed(() => index.value !== null),
    search(query: string, options: { accept: (script: Script) => boolean; boost: (scriptId: string) => number; limit: number }) {
      if (!index.value) {
        const scripts = inTitles(query, options.accept);
        return { total: scripts.length, rows: scripts.slice(0, options.limit).map((script) => plainRow(script, folderName(script))) };
      }
      const known = byId.value;
      const { total, hits } = index.value.search(query, {
        ...options,
        accept: (scriptId) => {
          const script = known.get(scriptId);
          return script !== undefined && options.accept(script);
        },
      });
      const rows = hits.flatMap((hit) => {
        const script = known.get(hit.scriptId);
        return script ? [hitRow(hit, script, folderName(script))] : [];
      });
      return { total, rows };
    },
  };
});
