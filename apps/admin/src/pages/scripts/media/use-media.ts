import type { MediaRow } from '@nextline/contract';
import { computed, ref, watch } from 'vue';
import { ApiFailure } from '../../../api-failure.ts';
import { api } from '../../../api.ts';

export type MediaKind = MediaRow['kind'];

/** The stored files of a kind, newest first, more of them on demand. */
export function useMedia(kind: () => MediaKind | null) {
  const rows = ref<MediaRow[]>([]);
  const total = ref<number | null>(null);
  const nextCursor = ref<string | null>(null);
  const failure = ref<string | null>(null);
  let asked = 0;

  async function load(cursor?: string): Promise<void> {
    asked += 1;
    const mine = asked;
    try {
      const page = await api('GET /api/admin/media', { query: { kind: kind() ?? undefined, cursor } });
      if (mine !== asked) return;
      rows.value = cursor === undefined ? page.media : [...rows.value, ...page.media];
      total.value = page.total;
      nextCursor.value = page.nextCursor;
      failure.value = null;
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      if (mine === asked) failure.value = error.message;
    }
  }
  watch(kind, () => load(), { immediate: true });

  return {
    rows,
    total,
    failure,
    hasMore: computed(() => nextCursor.value !== null),
    reload: () => load(),
    more: () => load(nextCursor.value ?? undefined),
    /** A file that was uploaded just now, or was there already: at the front. */
    putFirst(row: MediaRow): void {
      if (!rows.value.some(({ sha256 }) => sha256 === row.sha256)) total.value = (total.value ?? 0) + 1;
      rows.value = [row, ...rows.value.filter(({ sha256 }) => sha256 !== row.sha256)];
    },
    takeAway(sha256: string): void {
      rows.value = rows.value.filter((row) => row.sha256 !== sha256);
      total.value = Math.max(0, (total.value ?? 1) - 1);
    },
  };
}
