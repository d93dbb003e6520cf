import type { HttpFailure } from './errors.ts';
import { numberOrNull } from './lenient-reading.ts';
import { parseAnswer } from './parse-answer.ts';

/** One HTTP request and what became of it: WeCom's answer, or why there is none (`detail` may carry the address: redact it). */
export type Exchange = ({ answer: Record<string, unknown> } | { failure: HttpFailure; detail: string }) & { theirTime?: Date };

/**
 * Never throws. `timeoutMs` covers everything up to the last byte, so an answer that dribbles in ends too. `proof`: the field by which an answer
 * without errcode is known as WeCom's.
 */
export async function exchange(
  fetcher: typeof fetch,
  url: URL,
  init: RequestInit,
  { timeoutMs, proof }: { timeoutMs: number; proof: string | undefined },
): Promise<Exchange> {
  try {
    const response = await fetcher(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const theirs = Date.parse(response.headers.get('date') ?? '');
    const body = await response.text();
    if (response.status >= 500) return { failure: { status: response.status }, detail: `HTTP ${response.status}` };
    const answer = parseAnswer(body);
    if (answer !== null && isWeComs(answer, response.ok ? proof : undefined))
      return { answer, ...(Number.isNaN(theirs) ? {} : { theirTime: new Date(theirs) }) };
    if (!response.ok) return { failure: { status: response.status }, detail: `HTTP ${response.status}` };
    if (answer !== null) return { failure: 'not_json', detail: "JSON, but not WeCom's" };
    return { failure: 'not_json', detail: `not JSON (${response.headers.get('content-type') ?? 'no content type'})` };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return { failure: 'timeout', detail: `no answer in ${timeoutMs} ms` };
    return { failure: 'network', detail: describe(error) };
  }
}

/**
 * A gateway's own JSON has no errcode, or words for one, and taken for WeCom's it would be an empty list. WeCom may leave the errcode out, but not what
 * was asked for.
 */
function isWeComs(answer: Record<string, unknown>, proof: string | undefined): boolean {
  const { errcode } = answer;
  return errcode == null ? proof !== undefined && proof in answer : numberOrNull(errcode) !== null;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'network failure';
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
