import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit';
import { tooManyRequests } from './errors.ts';
import type { App } from './feature.ts';

/** A whole head office may sit behind one address, so strangers share a generous budget and a person has one of their own. */
const perAddressAndMinute = 6_000;

/** Probes and files cost nothing. */
const unlimited = ['/health/', '/metrics', '/sidebar/assets/', '/admin/assets/'];

/** So many people and addresses are counted; beyond it those are forgotten who came longest ago. */
const counted = 20_000;

/**
 * Counts in this process. The plugin's own store hands out one object that it goes on counting in, and the plugin looks at it a moment later: of a burst
 * within that moment everybody saw the last number, and all were refused, also those for whom there was room.
 */
class RequestCounts implements FastifyRateLimitStore {
  readonly #windows = new Map<string, { count: number; endsAt: number }>();

  incr(key: string, done: (error: Error | null, result?: { current: number; ttl: number }) => void, windowMs = 60_000): void {
    const now = performance.now();
    const known = this.#windows.get(key);
    const window = known !== undefined && now < known.endsAt ? known : { count: 0, endsAt: now + windowMs };
    window.count += 1;
    if (window !== known) {
      this.#windows.delete(key);
      this.#windows.set(key, window);
      const [oldest] = this.#windows.keys();
      if (this.#windows.size > counted && oldest !== undefined) this.#windows.delete(oldest);
    }
    done(null, { current: window.count, ttl: Math.ceil(window.endsAt - now) });
  }

  child(): RequestCounts {
    return this;
  }
}

export async function limitRequests(app: App, perStaffAndMinute: number): Promise<void> {
  await app.register(rateLimit, {
    timeWindow: 60_000,
    store: RequestCounts,
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    keyGenerator: (request) => (request.session ? `staff ${request.session.staffUserId}` : `address ${request.ip}`),
    max: (request) => (request.session ? perStaffAndMinute : perAddressAndMinute),
    allowList: (request) => unlimited.some((path) => request.url.startsWith(path)),
    errorResponseBuilder: (_request, { ttl }) => tooManyRequests(Math.ceil(ttl / 1000)),
  });
}
