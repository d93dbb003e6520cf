import { ref, watchEffect } from 'vue';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'nextline-console-theme';
const kept = localStorage.getItem(key);
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = ref(systemDark.matches);
systemDark.addEventListener('change', ({ matches }) => (systemIsDark.value = matches));

/** What was chosen; `system` follows the computer. */
export const theme = ref<Theme>(kept === 'light' || kept === 'dark' ? kept : 'system');

/** Marks the page, so that tokens and component library follow together. */
export function followTheme(root: HTMLElement): void {
  watchEffect(() => {
    localStorage.setItem(key, theme.value);
    const dark = theme.value === 'system' ? systemIsDark.value : theme.value === 'dark';
    root.setAttribute('theme-mode', dark ? 'dark' : 'light');
  });
}
