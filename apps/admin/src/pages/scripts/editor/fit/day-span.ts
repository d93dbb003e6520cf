/** Days counted from something, both included. */
export type DaySpan = [from: number, to: number];

/** What stands in the two fields of a span while somebody types. */
export type TypedSpan = { from: string; to: string };

export const longestDays = 4; // digits
const digits = (typed: string) => typed.replaceAll(/\D/g, '').slice(0, longestDays);

/** Only digits stay, as a typed minus or 天 says nothing. */
export const typedSpan = ({ from, to }: TypedSpan): TypedSpan => ({ from: digits(from), to: digits(to) });

/** One end alone means that one day. */
export function spanOf({ from, to }: TypedSpan): DaySpan | null {
  const first = from === '' ? to : from;
  return first === '' ? null : [Number(first), Number(to === '' ? first : to)];
}

export const typedOf = (span: DaySpan | null): TypedSpan =>
  span === null ? { from: '', to: '' } : { from: String(span[0]), to: String(span[1]) };

export const sameSpan = (one: DaySpan | null, other: DaySpan | null): boolean => one?.[0] === other?.[0] && one?.[1] === other?.[1];

/** A count of days without a sign, from one on. `undefined`: not one that is possible. */
export function silenceOf(typed: string): number | null | undefined {
  const text = digits(typed);
  if (text === '') return null;
  const days = Number(text);
  return days >= 1 && days <= 3650 ? days : undefined;
}
