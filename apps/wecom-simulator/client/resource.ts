import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { get } from './api.ts';

export interface Resource<T> {
  data: Readonly<ShallowRef<T | undefined>>;
  error: Readonly<ShallowRef<Error | undefined>>;
  refresh: () => Promise<void>;
}

/**
 * Something the simulator knows, by its path; a changed path loads anew, `null` means nothing to load.
 * Refreshes that arrive while one is under way are folded into one more, and an answer to an old path is dropped.
 */
export function useResource<T>(path: () => string | null): Resource<T> {
  const data = shallowRef<T>();
  const error = shallowRef<Error>();
  let running: string | null = null;
  let again = false;

  async function refresh(): Promise<void> {
    const wanted = path();
    if (wanted === null) return;
    if (running === wanted) {
      again = true;
      return;
    }
    running = wanted;
    do {
      again = false;
      try {
        const answer = await get<T>(wanted);
        if (path() !== wanted) return;
        data.value = answer;
        error.value = undefined;
      } catch (cause) {
        if (path() !== wanted) return;
        error.value = cause instanceof Error ? cause : new Error(String(cause));
      }
    } while (again);
    running = null;
  }

  watch(
    path,
    () => {
      data.value = undefined;
      error.value = undefined;
      running = null;
      void refresh();
    },
    { immediate: true },
  );
  onScopeDispose(() => (again = false));
  return { data, error, refresh };
}
