/** Follows the system's light or dark. Both marks at once: the tokens read one, a component library the other. */
export function followScheme(root: HTMLElement): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    root.setAttribute('theme-mode', dark.matches ? 'dark' : 'light');
    root.classList.toggle('van-theme-dark', dark.matches);
  };
  apply();
  dark.addEventListener('change', apply);
}
