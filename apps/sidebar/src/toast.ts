import { shallowRef } from 'vue';

export type Toast = { text: string; action?: { label: string; run: () => void } };

/** The toast on screen, or null. Drawn by ToastHost. */
export const toast = shallowRef<Toast | null>(null);

let hide: ReturnType<typeof setTimeout> | undefined;

/** One sentence and at most one action, for 4 s. Never for something that is already visible in place. */
export function showToast(text: string, action?: Toast['action']): void {
  clearTimeout(hide);
  toast.value = action ? { text, action } : { text };
  hide = setTimeout(hideToast, 4000);
}

/** Takes the toast away at once. */
export function hideToast(): void {
  clearTimeout(hide);
  toast.value = null;
}
