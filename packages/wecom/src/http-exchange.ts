import type { HttpFailure } from './errors.ts';
import { parseAnswer } from './parse-answer.ts';

/** One HTTP request and what became of it: WeCom's answer, or why there is none (`detail` may carry the address: redact it). */
export type Exchange = ({ answer: Record<string, unknown> } | { failure: HttpFailure; detail: string }) & { theirTime?: Date };

/** Never throws. `timeoutMs` covers everything up to the last byte, so an answer that dribbles in ends too. */
export async function exchange(fetcher: typeof fetch, url: URL, init: RequestInit, timeoutMs: number): Promise<Exchange> {
  try {
    const response = await fetcher(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const theirs = Date.parse(response.headers.get('date') ?? '');
    const body = await response.text();
    if (response.status >= 500) return { failure: { status: response.status }, detail: `HTTP ${response.status}` };
    const answer = parseAnswer(body);
    // A gateway's own JSON has no errcode; only WeCom leaves it out, and then with 200.
    if (answer !== null && (response.ok || 'errcode' in answer))
      return { answer, ...(Number.isNaN(theirs) ? {} : { theirTime: new Date(theirs) }) };
    if (!response.ok) return { failure: { status: response.status }, detail: `HTTP ${response.status}` };
    return { failure: 'not_json', detail: `not JSON (${response.headers.get('content-type') ?? 'no content type'})` };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return { failure: 'timeout', detail: `no answer in ${timeoutMs} ms` };
    return { failure: 'network', detail: describe(error) };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'network failure';
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
