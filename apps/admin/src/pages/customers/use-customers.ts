import { useQuery, useQueryCache } from '@pinia/colada';
import { computed, onScopeDispose, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { api } from '../../api.ts';
import { useKeysetPager } from '../../page/keyset-pager.ts';
import { chosenConditions, type ListQuery, readListQuery, writeListQuery } from './filter-address.ts';

export const pageSize = 50;
const whileFillingMs = 5_000;

/** The list as the address asks for it, page by page, and how many there are: counted beside it, so that the rows wait for nothing. */
export function useCustomers() {
  const route = useRoute();
  const router = useRouter();
  const cache = useQueryCache();
  const pager = useKeysetPager('customers');
  const query = computed(() => readListQuery(route.query));
  const filter = computed(() => JSON.stringify(chosenConditions(query.value.filter)));
  const asked = computed(() => `${filter.value} ${query.value.sort}`);
  watch(asked, () => pager.reset());

  const page = useQuery({
    key: () => ['customers', 'page', asked.value, pager.cursor.value ?? ''],
    query: ({ signal }) =>
      api('GET /api/admin/customers', {
        query: { filter: filter.value, sort: query.value.sort, cursor: pager.cursor.value, limit: pageSize },
        signal,
      }),
    placeholderData: (before) => before,
  });
  const count = useQuery({
    key: () => ['customers', 'count', filter.value],
    query: ({ signal }) => api('GET /api/admin/customers/count', { query: { filter: filter.value }, signal }),
    placeholderData: (before) => before,
  });

  const filling = computed(() => count.data.value?.filling ?? null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  function lookAgainLater(): void {
    clearTimeout(timer);
    if (filling.value)
      timer = setTimeout(() => void Promise.all([count.refetch(), page.refetch()]).finally(lookAgainLater), whileFillingMs);
  }
  watch(filling, lookAgainLater, { immediate: true });
  onScopeDispose(() => clearTimeout(timer));

  return {
    query,
    page,
    count,
    /** The list shows only some of them for the moment. */
    filling,
    pager,
    /** The drawer stays as it is. */
    show(change: Partial<ListQuery>): void {
      void router.replace({ path: route.path, query: writeListQuery({ ...query.value, ...change }) });
    },
    reload: () => cache.invalidateQueries({ key: ['customers'] }),
  };
}
