/** Where a finding can be mended: the card of its message, the field of its setting, else the title. The path is a finding's, `parts.1.page`, `fit.answers`. */
export function showPlace(path: string): void {
  const part = /^parts\.(\d+)/.exec(path)?.[1];
  const setting = [...document.querySelectorAll<HTMLElement>('[data-field]')].find(({ dataset }) => dataset['field'] === path);
  const place =
    part === undefined ? (setting ?? document.querySelector('.title-field')) : document.querySelector(`[data-part='${Number(part) + 1}']`);
  place?.scrollIntoView({ block: 'center' });
  place?.querySelector<HTMLElement>('textarea, input, select')?.focus();
}

/** The field of the default word of this variable, or the first of them. */
export function showDefaultWord(variable: string): void {
  const fields = [...document.querySelectorAll<HTMLInputElement>('[data-default]')];
  (fields.find((input) => input.dataset['default'] === variable) ?? fields[0])?.focus();
}
