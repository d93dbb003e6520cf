import { ref, watch, type Ref } from 'vue';

/** A yes or no that this browser remembers. */
export function useKeptChoice(name: string, first: boolean): Ref<boolean> {
  const kept = localStorage.getItem(name);
  const choice = ref(kept === null ? first : kept === 'yes');
  watch(choice, (now) => localStorage.setItem(name, now ? 'yes' : 'no'));
  return choice;
}
