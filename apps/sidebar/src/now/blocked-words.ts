import type { Blocked } from '@nextline/contract';
import type { ApiFailure } from '../api.ts';

const guardCodes: readonly string[] = ['guard.cap', 'guard.quiet_hours', 'guard.opted_out'] satisfies Blocked['code'][];
const isGuard = (code: string): code is Blocked['code'] => guardCodes.includes(code);
const textOr = (value: unknown, other: string | null) => (typeof value === 'string' ? value : other);

/** The guard's refusal of a send, told as a blocked card tells it: what, by which rule, until when. Null for any other refusal. */
export function blockedFrom({ code, message, details }: Pick<ApiFailure, 'code' | 'message' | 'details'>): Blocked | null {
  if (!isGuard(code)) return null;
  return {
    code,
    headline: textOr(details.headline, message) ?? message,
    rule: textOr(details.rule, '') ?? '',
    endsAt: textOr(details.endsAt, null),
    endsText: textOr(details.endsText, null),
  };
}
