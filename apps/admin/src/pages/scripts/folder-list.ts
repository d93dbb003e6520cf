import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { api } from '../../api.ts';

/** The library's folders, without its scripts. */
export function useFolderList() {
  const page = useQuery({ key: ['scripts', 'folders'], query: () => api('GET /api/admin/scripts', { query: { limit: 1 } }) });
  return { folders: computed(() => page.data.value?.folders ?? []), page };
}
