import type { Library } from '@nextline/contract';
import { useQuery } from '@pinia/colada';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { api, ApiFailure } from '../../api.ts';
import { useBoot } from '../../boot.ts';
import { useCurrentCustomer } from '../../customer/current-customer.ts';
import { watchLibrary } from './watch-library.ts';
import { indexedDbStore, librarySource, type LibraryAnswer } from './library-cache.ts';

// Weak ETag = version. The library can be large: a slow network gets more time than other calls.
async function askServer(known: string | null): Promise<LibraryAnswer> {
  try {
    const headers: Record<string, string> = known === null ? {} : { 'if-none-match': `W/"${known}"` };
    return await api('GET /api/sidebar/library', { headers, timeoutMs: 60_000 });
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 304) return 'unchanged';
    throw error;
  }
}

/** The script library: from the device at once, from the server when it changed. */
export const useLibrary = defineStore('library', () => {
  const { corpId, staff, libraryVersion } = useBoot();
  const source = librarySource({ store: indexedDbStore(`${corpId}:${staff.userId}`), announced: libraryVersion, ask: askServer });

  const kept = shallowRef<Library | null>(null);
  void source.kept().then((library) => (kept.value = library));

  const query = useQuery<Library>({ key: ['library'], query: () => source.current(), staleTime: 5 * 60_000, gcTime: false });
  const current = useCurrentCustomer();
  watchLibrary(async () => {
    const before = query.data.value?.version;
    await query.refetch();
    // The cards are made of scripts too.
    if (query.data.value?.version !== before) await current.refresh();
  });

  return {
    /** Null until there is any. */
    library: computed(() => query.data.value ?? kept.value),
    /** Why there is none; with a kept library on screen a failed question is no news. */
    failure: computed(() => ((query.data.value ?? kept.value) ? null : query.error.value)),
    retry: () => void query.refetch(),
    /** After a change of one's own, which need not wait for the server's word. */
    refresh: async (): Promise<void> => void (await query.refetch()),
  };
});
