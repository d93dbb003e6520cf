import type { TestApp } from '../test-app.ts';
import { addressOf, type ApiRoute } from './api-routes.ts';
import type { ApiRequest } from './requests-of-schema.ts';
import { otherHash, otherMark, otherUuid } from './test-other-corp.ts';

export type Asked = { status: number; body: string; ms: number };

export async function ask(world: TestApp, route: ApiRoute, actor: string, { params, query, body }: ApiRequest): Promise<Asked> {
  const begun = performance.now();
  const answer = await world.app.inject({
    method: route.method,
    url: addressOf(route, params, query),
    headers: { ...world.cookieOf(actor), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
  return { status: answer.statusCode, body: answer.body, ms: performance.now() - begun };
}

/** Of the same form as the id that it stands beside. */
export function madeUp(id: string): string {
  if (/^[0-9a-f-]{36}$/.test(id)) return '0198c0de-0000-7000-8000-0000000000ee';
  return /^[0-9a-f]{64}$/.test(id) ? 'ee'.repeat(32) : id.replace(otherMark, '编出来');
}

/** The answer without the ids that were asked for, and without what differs from one request to the next. */
export function sameWords({ status, body }: Asked, ids: readonly string[]): string {
  const nameless = ids.reduce(
    (text, id) => text.replaceAll(JSON.stringify(id).slice(1, -1), '<id>').replaceAll(encodeURIComponent(id.toWellFormed()), '<id>'),
    body,
  );
  return `${status} ${nameless.replaceAll(/"requestId":"[^"]+"/g, '').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<at>')}`;
}

/** What of another corp stands in an answer, but for the ids that the question itself held. */
export const leaked = (body: string, asked: readonly string[]): boolean => {
  const rest = asked.reduce((text, id) => text.replaceAll(id, ''), body);
  return rest.includes(otherMark) || rest.includes(otherUuid) || rest.includes(otherHash);
};
