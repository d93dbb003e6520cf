import { useQuery, useQueryCache } from '@pinia/colada';
import { computed, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { api } from '../../../api.ts';
import { useKeysetPager } from '../../../page/keyset-pager.ts';
import { type LibraryQuery, queryForServer, readLibraryQuery, writeLibraryQuery } from './library-query.ts';

export const pageSize = 20;

/** The library as the address asks for it, page by page. What is on screen stays there while the next answer is on its way. */
export function useLibrary() {
  const route = useRoute();
  const router = useRouter();
  const cache = useQueryCache();
  const pager = useKeysetPager('scripts');
  const query = computed(() => readLibraryQuery(route.query));
  const asked = computed(() => queryForServer(query.value));
  watch(asked, (now, before) => JSON.stringify(now) !== JSON.stringify(before) && pager.reset());

  const page = useQuery({
    key: () => ['scripts', 'page', { ...asked.value, cursor: pager.cursor.value ?? '' }],
    query: ({ signal }) =>
      api('GET /api/admin/scripts', { query: { ...asked.value, cursor: pager.cursor.value, limit: pageSize }, signal }),
    placeholderData: (before) => before,
  });

  return {
    query,
    asked,
    page,
    pager,
    show(change: Partial<LibraryQuery>): void {
      void router.replace({ query: writeLibraryQuery({ ...query.value, ...change }) });
    },
    reload: () => cache.invalidateQueries({ key: ['scripts'] }),
  };
}
