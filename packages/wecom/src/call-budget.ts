import { wecomPaths } from './wire-shapes.ts';

/** How many calls a rolling minute and a rolling hour may hold. At least 1 each. */
export type Budget = { perMinute: number; perHour: number };

/** Published for every API of a corp (reference: frequency limits, 90454). */
const published: Budget = { perMinute: 10_000, perHour: 150_000 };

const publishedByApi = new Map<string, Budget | null>([
  [wecomPaths.corpTicket, { perMinute: 400, perHour: 400 }],
  [wecomPaths.agentTicket, { perMinute: 100, perHour: 100 }],
  // A valid code is exempt, and at nine in the morning all guides sign in at once.
  [wecomPaths.userInfo, null],
  // Counted per receiver and per day instead: accounts × 200. Only WeCom knows how many a department or a tag has.
  [wecomPaths.appMessage, null],
]);

/** What WeCom publishes for an API path; null = not counted. */
export function publishedBudget(api: string): Budget | null {
  const own = publishedByApi.get(api);
  return own === undefined ? published : own;
}

/** App messages to one staff member. WeCom drops what is beyond without a word, so it must never be asked for more. */
export const messagesToOnePerson: Budget = { perMinute: 30, perHour: 1000 };

/** A new ticket because WeCom's client refused the old one: seldom enough to leave the tickets' own quota to those that expire. */
export const renewalsOfRefusedTicket: Budget = { perMinute: 1, perHour: 30 };

export const minuteMs = 60_000;
export const hourMs = 3_600_000;

/** A steady pace of one call per `everyMs`, of which as many as fit into `leewayMs` may come at once. */
export type Pace = { everyMs: number; leewayMs: number };

/**
 * The pace under which no window of `windowMs` ever holds more than `calls`: a tenth at once, the rest spread evenly. Spread over 1 %
 * more than the window, because timers fire early and some calls travel longer than others.
 */
export function paceOf(calls: number, windowMs: number): Pace {
  const atOnce = Math.max(1, Math.floor(calls / 10));
  const everyMs = (windowMs * 1.01) / Math.max(1, calls - atOnce);
  return { everyMs, leewayMs: (atOnce - 1) * everyMs };
}

/**
 * How long WeCom blocks an API that went over: the window that was exceeded, and the shortest one is the likely one. The token's is an hour:
 * nobody asks for ten thousand tokens a minute, so 45009 means that a wrong secret was tried too often and our address is banned.
 */
export function blockMsOf(api: string, budget: Budget | null): number {
  if (api === wecomPaths.getToken) return hourMs;
  return budget !== null && budget.perHour <= budget.perMinute ? hourMs : minuteMs;
}
