/** The row the keyboard stands on; null when none is chosen. */
export type Chosen = number | null;

export type KeyPress = { key: string; shift: boolean; command: boolean; composing: boolean };

/** What a key does in the library. */
export type KeyAction =
  | { type: 'choose'; row: number }
  | { type: 'send'; row: number }
  | { type: 'edit'; row: number }
  /** Clears what was typed; a second time leaves the field. */
  | { type: 'clear' }
  | { type: 'leave' };

/**
 * What a key press in the search field means, or null when the field keeps it. While an input method composes, every key is its own: Enter picks a
 * word there and must not send.
 */
export function keyAction(press: KeyPress, state: { chosen: Chosen; rows: number; query: string }): KeyAction | null {
  if (press.composing || press.command) return null;
  const { chosen, rows } = state;
  switch (press.key) {
    case 'ArrowDown':
      return rows === 0 ? null : { type: 'choose', row: chosen === null ? 0 : Math.min(chosen + 1, rows - 1) };
    case 'ArrowUp':
      return rows === 0 ? null : { type: 'choose', row: chosen === null ? 0 : Math.max(chosen - 1, 0) };
    case 'Enter':
      return chosen === null || chosen >= rows ? null : { type: 'send', row: chosen };
    case 'Tab':
      return press.shift || chosen === null || chosen >= rows ? null : { type: 'edit', row: chosen };
    case 'Escape':
      return state.query === '' ? { type: 'leave' } : { type: 'clear' };
    default:
      return null;
  }
}

/** Whether `/` pressed anywhere on the page goes to the search field: not from another field, and not behind a sheet. */
export function opensSearch(press: KeyPress, inField: boolean, behindSheet: boolean): boolean {
  return press.key === '/' && !press.composing && !press.command && !inField && !behindSheet;
}
