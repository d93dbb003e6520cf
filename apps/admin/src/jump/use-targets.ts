import { computed, onScopeDispose, ref, watch, type Ref } from 'vue';
import { pagesFor, searchTargets, type Target } from './targets.ts';

/** Long enough that a word typed without a pause is one question. */
const pauseMs = 180;

/** Everything that fits what is typed: pages at once, what the server knows a moment later. The answer to an older question is dropped. */
export function useTargets(typed: Ref<string>) {
  const found = ref<Target[]>([]);
  const asking = ref(false);
  const failure = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underway = new AbortController();

  async function ask(q: string, { signal }: AbortController) {
    try {
      const targets = await searchTargets(q, signal);
      if (!signal.aborted) found.value = targets;
    } catch (error) {
      if (!signal.aborted) failure.value = error instanceof Error ? error.message : String(error);
    } finally {
      if (!signal.aborted) asking.value = false;
    }
  }

  watch(typed, (now) => {
    clearTimeout(timer);
    underway.abort();
    underway = new AbortController();
    failure.value = null;
    asking.value = now.trim() !== '';
    if (asking.value) timer = setTimeout(ask, pauseMs, now, underway);
    else found.value = [];
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    underway.abort();
  });
  return { targets: computed(() => [...pagesFor(typed.value), ...found.value]), asking, failure };
}
