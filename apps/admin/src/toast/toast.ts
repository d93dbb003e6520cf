import { shallowRef } from 'vue';

export type Toast = { text: string; action?: { label: string; run: () => void } };

/** The toast on screen, or null. Drawn by ToastHost. */
export const toast = shallowRef<Toast | null>(null);

const shownMs = 4_000;
/** Time enough to read what was changed and to think better of it. */
const shownWithActionMs = 10_000;
let hide: ReturnType<typeof setTimeout> | undefined;

/** One sentence and at most one action (撤销). Never for something that is already visible in place. */
export function showToast(text: string, action?: Toast['action']): void {
  toast.value = action ? { text, action } : { text };
  restart();
}

export function hideToast(): void {
  clearTimeout(hide);
  toast.value = null;
}

/** While somebody points at it or has the focus in it, it stays. */
export const hold = () => clearTimeout(hide);
export function restart(): void {
  clearTimeout(hide);
  if (toast.value) hide = setTimeout(hideToast, toast.value.action ? shownWithActionMs : shownMs);
}
