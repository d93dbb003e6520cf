import { onMounted, onScopeDispose } from 'vue';

let open = 0;

/**
 * While a dialog is open the page behind it is inert: neither reached by Tab nor read aloud. Not the browser's own <dialog>: the component library's
 * popups (a date, a select) hang on <body> and would lie under it.
 */
export function useModality(focusFirst: () => void, page: HTMLElement | null = document.getElementById('app')): void {
  const before = document.activeElement;
  onMounted(() => {
    open += 1;
    if (page) page.inert = true;
    focusFirst();
  });
  onScopeDispose(() => {
    open -= 1;
    if (page && open === 0) page.inert = false;
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
}
