import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { api } from '../../api.ts';

export function useSegments() {
  const list = useQuery({ key: ['segments'], query: ({ signal }) => api('GET /api/admin/segments', { signal }) });
  return { list, segments: computed(() => list.data.value?.segments ?? []) };
}
