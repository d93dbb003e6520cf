import { computed, ref } from 'vue';

/** Forth and back through keyset pages: the server knows only the next cursor, so the ones that were passed are kept. `reset()` when a filter changes. */
export function useKeysetPager() {
  const passed = ref<(string | undefined)[]>([]);
  const cursor = ref<string | undefined>();
  return {
    /** Goes into the query; undefined is the first page. */
    cursor,
    pageNumber: computed(() => passed.value.length + 1),
    forth(nextCursor: string): void {
      // Of the page that is on its way already: the one before still stands there.
      if (nextCursor === cursor.value) return;
      passed.value.push(cursor.value);
      cursor.value = nextCursor;
    },
    back(): void {
      cursor.value = passed.value.pop();
    },
    reset(): void {
      passed.value = [];
      cursor.value = undefined;
    },
  };
}
