import rateLimit from '@fastify/rate-limit';
import { tooManyRequests } from './errors.ts';
import type { App } from './feature.ts';

/** A whole head office may sit behind one address, so strangers share a generous budget and a person has one of their own. */
const perAddressAndMinute = 6_000;

/** Callbacks come in bursts and carry a signature; probes and files cost nothing. */
const unlimited = ['/wecom/callback', '/health/', '/metrics', '/sidebar/assets/', '/admin/assets/'];

export async function limitRequests(app: App, perStaffAndMinute: number): Promise<void> {
  await app.register(rateLimit, {
    timeWindow: 60_000,
    cache: 20_000,
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    keyGenerator: (request) => (request.session ? `staff ${request.session.staffUserId}` : `address ${request.ip}`),
    max: (request) => (request.session ? perStaffAndMinute : perAddressAndMinute),
    allowList: (request) => unlimited.some((path) => request.url.startsWith(path)),
    errorResponseBuilder: (_request, { ttl }) => tooManyRequests(Math.ceil(ttl / 1000)),
  });
}
