import { shallowRef, watch } from 'vue';
import { afterPaint } from '../../after-paint.ts';
import { useCurrentCustomer } from '../../customer/current-customer.ts';
import type { Her } from './script-scope.ts';

/** For whom the list is: the last customer until the next is known and her cards are drawn, so that a change of chat draws the list once and last. */
export function useForWhom() {
  const current = useCurrentCustomer();
  const her = shallowRef<Her | null>(null);
  watch(
    () => [current.panel, current.where.kind] as const,
    ([panel, where], _, onCleanup) => {
      const next = panel ? { stageId: panel.customer.stageId, tagIds: panel.follow.tagIds } : null;
      if (!next && (where === 'customer' || where === 'asking')) return;
      if (!her.value) return void (her.value = next);
      let called = true;
      onCleanup(() => (called = false));
      afterPaint(() => called && (her.value = next));
    },
    { immediate: true },
  );
  return her;
}
