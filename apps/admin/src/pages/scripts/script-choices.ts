import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { api } from '../../api.ts';

/** The names behind the ids of a script's settings, and what their pickers offer. Asked once and kept. */
export function useScriptChoices() {
  const minuteMs = 60_000;
  const stages = useQuery({ key: ['stages'], query: () => api('GET /api/admin/stages'), staleTime: minuteMs });
  const tags = useQuery({ key: ['tags'], query: () => api('GET /api/admin/tags'), staleTime: minuteMs });
  const facets = useQuery({ key: ['customers', 'facets'], query: () => api('GET /api/admin/customers/facets'), staleTime: minuteMs });
  return {
    stages: computed(() => stages.data.value?.stages ?? []),
    tagGroups: computed(() => tags.data.value?.groups ?? []),
    stores: computed(() => facets.data.value?.stores ?? []),
    guides: computed(() => facets.data.value?.guides ?? []),
  };
}

export type ScriptChoices = ReturnType<typeof useScriptChoices>;
