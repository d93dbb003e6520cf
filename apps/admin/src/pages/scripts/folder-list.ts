import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { api } from '../../api.ts';

/** The library's folders, without its scripts. */
export function useFolderList() {
  const list = useQuery({ key: ['scripts', 'folders'], query: () => api('GET /api/admin/script-folders') });
  return { folders: computed(() => list.data.value?.folders ?? []) };
}
