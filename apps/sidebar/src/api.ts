import type { Routes } from './api-routes.ts';
import { sessionHasExpired } from './session.ts';

/** Any call that did not end in 2xx. `status` 0: no answer at all (offline, unreachable, timed out). */
export class ApiFailure extends Error {
  declare readonly status: number;
  declare readonly code: string;
  declare readonly details: Record<string, unknown>;

  constructor(status: number, code: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

type PathParams<Path> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParams<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type Given<Key extends keyof Routes> = ([PathParams<Key>] extends [never]
  ? { params?: undefined }
  : { params: Record<PathParams<Key>, string | number> }) &
  (Routes[Key] extends { body: infer Body } ? { body: Body } : { body?: undefined });

type Options = { query?: Record<string, string>; headers?: Record<string, string>; signal?: AbortSignal; timeoutMs?: number };
type Arguments<Key extends keyof Routes> =
  Record<never, never> extends Given<Key> ? [given?: Given<Key> & Options] : [given: Given<Key> & Options];

/**
 * Calls one route of the product by its key: `api('GET /api/sidebar/customers/:externalUserId', { params })`.
 * Throws ApiFailure for everything that is not 2xx, also for 304. Gives up after `timeoutMs` (10 s unless told).
 */
export async function api<Key extends keyof Routes>(key: Key, ...[given]: Arguments<Key>): Promise<Routes[Key]['reply']> {
  const {
    params,
    body,
    query,
    headers,
    signal,
    timeoutMs = 10_000,
  }: Options & { params?: Record<string, string | number>; body?: unknown } = given ?? {};
  const [method = 'GET', path = ''] = key.split(' ');
  const url = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name])));
  const search = query ? `?${new URLSearchParams(query).toString()}` : '';
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  const onAbort = () => abort.abort();
  signal?.addEventListener('abort', onAbort);
  try {
    const response = await fetch(url + search, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: abort.signal,
    });
    if (!response.ok) throw await failureOf(response);
    return response.status === 204 ? undefined : await response.json();
  } catch (error) {
    if (error instanceof ApiFailure || signal?.aborted) throw error;
    throw new ApiFailure(0, 'network.unreachable', '连不上服务器。');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function failureOf(response: Response): Promise<ApiFailure> {
  if (response.status === 401) sessionHasExpired();
  // A proxy in between may answer with its own page: the status is then all there is to say.
  const answer: { error?: { code?: string; message?: string; details?: Record<string, unknown> } } | null = await response
    .json()
    .catch(() => null);
  const error = answer?.error;
  return new ApiFailure(
    response.status,
    error?.code ?? `http.${response.status}`,
    error?.message ?? '服务器没有正常回答。',
    error?.details,
  );
}
