import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { api } from '../../api.ts';
import type { ChipNames } from './condition-chips.ts';

/** Stages, tags, stores and guides: what the list is filtered by and what its rows name. Asked for once, whoever needs them. */
export function useChoices() {
  const board = useQuery({ key: ['stages'], query: ({ signal }) => api('GET /api/admin/stages', { signal }) });
  const tags = useQuery({ key: ['tags'], query: ({ signal }) => api('GET /api/admin/tags', { signal }) });
  const facets = useQuery({ key: ['customer-facets'], query: ({ signal }) => api('GET /api/admin/customers/facets', { signal }) });
  const stages = computed(() => board.data.value?.stages ?? []);
  const groups = computed(() => tags.data.value?.groups ?? []);
  const stageById = computed(() => new Map(stages.value.map((stage) => [stage.stageId, stage])));
  const stageNames = computed(() => new Map(stages.value.map((stage) => [stage.stageId, stage.name])));
  const tagNames = computed(() => new Map(groups.value.flatMap((group) => group.tags.map((tag) => [tag.tagId, tag.name]))));
  const storeNames = computed(() => new Map((facets.data.value?.stores ?? []).map((store) => [store.storeId, store.name])));
  const guideNames = computed(() => new Map((facets.data.value?.guides ?? []).map((guide) => [guide.staffUserId, guide.name])));
  const sourceNames = computed(() => new Map((facets.data.value?.sources ?? []).map((one) => [one.source, one.label])));
  const chipNames = computed((): ChipNames => ({
    stages: stageNames.value,
    tags: tagNames.value,
    stores: storeNames.value,
    guides: guideNames.value,
    sources: sourceNames.value,
  }));
  return { stages, stageById, groups, facets: facets.data, stageNames, tagNames, storeNames, guideNames, sourceNames, chipNames };
}

export type Choices = ReturnType<typeof useChoices>;
