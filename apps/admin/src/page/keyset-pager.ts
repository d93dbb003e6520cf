import { computed, ref, watch } from 'vue';

type Place = { passed: (string | undefined)[]; cursor: string | undefined };

/**
 * Forth and back through keyset pages: the server knows only the next cursor, so the ones that were passed are kept. `reset()` when a filter changes. With a
 * name the place is kept in the entry of the browser's history: whoever opens a row of the seventh page and comes back is on the seventh page.
 */
export function useKeysetPager(name?: string) {
  const key = `pages-of-${name}`;
  const kept: Place | undefined = name === undefined ? undefined : history.state?.[key];
  const passed = ref<(string | undefined)[]>(kept ? [...kept.passed] : []);
  const cursor = ref<string | undefined>(kept?.cursor);
  if (name !== undefined)
    watch(
      () => [...passed.value, cursor.value].join(' '),
      () => history.replaceState({ ...history.state, [key]: { passed: [...passed.value], cursor: cursor.value } satisfies Place }, ''),
      { flush: 'sync' },
    );
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
