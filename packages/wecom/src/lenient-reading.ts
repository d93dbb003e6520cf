/** An answer whose names we know and whose values we do not trust: WeCom leaves fields out, sends null, or a number for a text. */
export type Loose<T> = { readonly [K in keyof T]?: unknown };

/** The value as an object, or an empty one. */
export function record<T>(value: unknown): Loose<T> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** The objects in a list; anything else in it is left out. */
export function records<T>(value: unknown): Loose<T>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item)) : [];
}

/** Text as it is, except what Postgres cannot hold: NUL and half surrogate pairs. A number becomes its digits. */
export function text(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : '';
}

/** As `text`, with null for nothing. */
export function textOrNull(value: unknown): string | null {
  return text(value) || null;
}

/** The non-empty texts of a list. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text).filter((item) => item !== '') : [];
}

/** A finite number, also when written as text; null otherwise. */
export function numberOrNull(value: unknown): number | null {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Seconds since the epoch as an instant; null for 0, nothing, or a time that no calendar has. */
export function instantOfSeconds(value: unknown): Date | null {
  const seconds = numberOrNull(value);
  if (seconds === null || seconds <= 0) return null;
  const instant = new Date(seconds * 1000);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
