import { ApiFailure, failureOf, unreachable } from './api-failure.ts';
import type { Routes } from './api-routes.ts';
import { useBoot } from './boot.ts';
import { locale } from './i18n/locale.ts';
import { signedInAgain } from './sign-in/session.ts';

type PathParams<Path> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParams<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type Given<Key extends keyof Routes> = ([PathParams<Key>] extends [never]
  ? { params?: undefined }
  : { params: Record<PathParams<Key>, string | number> }) &
  (Routes[Key] extends { body: infer Body } ? { body: Body } : { body?: undefined });

/** A `query` value that is undefined is left out. */
type Options = { query?: Record<string, string | number | boolean | undefined>; signal?: AbortSignal; timeoutMs?: number };
type Arguments<Key extends keyof Routes> =
  Record<never, never> extends Given<Key> ? [given?: Given<Key> & Options] : [given: Given<Key> & Options];

type Spelled = Options & { params?: Record<string, string | number>; body?: unknown };

/** The address of a route, for a link or a download: `addressOf('/api/admin/scripts-export', { query: { format: 'csv' } })`. */
export function addressOf(path: string, { params, query }: Pick<Spelled, 'params' | 'query'> = {}): string {
  const url = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name])));
  const given = Object.entries(query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? url : `${url}?${new URLSearchParams(given).toString()}`;
}

/**
 * Calls one route by its key: `api('PUT /api/admin/scripts/:scriptId/draft', { params: { scriptId }, body })`. Throws ApiFailure for everything that is not
 * 2xx, except 401: then it waits until the person has signed in again and repeats the call. Gives up after `timeoutMs` (20 s unless told).
 */
export async function api<Key extends keyof Routes>(key: Key, ...[given]: Arguments<Key>): Promise<Routes[Key]['reply']> {
  for (;;) {
    try {
      return await ask(key, given ?? {});
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.status !== 401) throw error;
      await signedInAgain();
    }
  }
}

/**
 * The page acts only as the person whom it shows: the server answers 401 when somebody else has signed in meanwhile. And what the server says, it says in
 * the language of the page.
 */
export const headersOfPage = () => ({ 'x-shown-staff': encodeURIComponent(useBoot().staff.userId), 'x-language': locale.value });

async function ask<Key extends keyof Routes>(
  key: Key,
  { params, query, body, signal, timeoutMs = 20_000 }: Spelled,
): Promise<Routes[Key]['reply']> {
  const [method = 'GET', path = ''] = key.split(' ');
  const timeout = AbortSignal.timeout(timeoutMs);
  let response: Response;
  try {
    response = await fetch(addressOf(path, { params: params ?? {}, query: query ?? {} }), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...headersOfPage(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? anyOf(signal, timeout) : timeout,
    });
    // An empty answer is for the routes whose reply is void.
    if (response.ok) return JSON.parse((await response.text()) || 'null');
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
  throw failureOf(response.status, await response.text().catch(() => ''));
}

/** AbortSignal.any, which WeCom's older webviews do not have. */
function anyOf(...signals: AbortSignal[]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) either.abort(signal.reason);
    signal.addEventListener('abort', () => either.abort(signal.reason), { once: true });
  }
  return either.signal;
}
