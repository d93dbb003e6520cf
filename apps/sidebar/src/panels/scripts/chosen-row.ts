import { onBeforeUnmount, ref, type Ref, watch } from 'vue';
import type { Row } from './script-search.ts';

/** Of the words typed so far: what is typed on in a moment is not worth unfolding. */
const stillTypingMs = 150;

/** The row that the keyboard is on, and the one that shows its words below. */
export function useChosenRow(rows: Readonly<Ref<readonly Row[]>>) {
  const chosenId = ref<string | null>(null);
  const unfoldedId = ref<string | null>(null);
  /** Words were typed that no row was there for yet: the library, or the index over it, may come a moment later. */
  const awaitsHit = ref(false);

  let unfolding: ReturnType<typeof setTimeout> | undefined;
  onBeforeUnmount(() => clearTimeout(unfolding));
  function choose(row: Row | undefined): void {
    clearTimeout(unfolding);
    chosenId.value = row?.script.scriptId ?? null;
    unfoldedId.value = chosenId.value;
  }
  function chooseFirst(): void {
    const first = rows.value[0];
    awaitsHit.value = first === undefined;
    if (first?.script.scriptId === unfoldedId.value) return choose(first);
    choose(undefined);
    chosenId.value = first?.script.scriptId ?? null;
    unfolding = setTimeout(() => (unfoldedId.value = chosenId.value), stillTypingMs);
  }
  watch(rows, ([first]) => {
    if (awaitsHit.value && first) chooseFirst();
  });

  return {
    chosenId,
    unfoldedId,
    choose,
    /** When words were typed: the first hit, now or as soon as there is one. */
    chooseFirst,
    /** No hit is waited for any more. */
    expectNone: () => (awaitsHit.value = false),
    toggle: (row: Row) => choose(unfoldedId.value === row.script.scriptId ? undefined : row),
  };
}
