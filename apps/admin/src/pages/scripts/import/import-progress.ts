import type { ScriptImport } from '@nextline/contract';

/** What the page shows of an import: where it stands, and what can be done next. */
export type ImportStep = 'choose' | 'reading' | 'checked' | 'applying' | 'done' | 'failed';

export function stepOf(current: ScriptImport | null): ImportStep {
  return current?.state ?? 'choose';
}

/** Whether the server is still at work, so that it is worth asking again. */
export const isRunning = (current: ScriptImport | null): boolean => current?.state === 'reading' || current?.state === 'applying';

/** 0–100 of the rows; null while it is not known how many there are. */
export function percentOf({ state, rows, handled }: ScriptImport): number | null {
  if (state === 'done' || state === 'checked') return 100;
  if (rows === 0) return null;
  return Math.min(100, Math.floor((handled / rows) * 100));
}

/** How many rows applying would write. */
export const toWrite = ({ counts }: ScriptImport): number => counts.new + counts.changed;

/**
 * The import that the page goes on with: the one in its address, which a reload keeps, else one that the server is at work on. What waits or is done
 * is in the list of recent ones; it may be a colleague's.
 */
export function importToShow(imports: readonly ScriptImport[], shown: string | null): ScriptImport | null {
  return imports.find(({ importId }) => importId === shown) ?? imports.find(isRunning) ?? null;
}
