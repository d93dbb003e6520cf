import { randomUUID } from 'node:crypto';
import { askOnce, type Asked } from './ask-once.ts';
import type { Ground, Relation } from './ground.ts';
import type { Outcome } from './open-load.ts';

function ask({ product, cookieOf }: Ground, staff: string, method: string, path: string, body?: object): Promise<Asked> {
  return askOnce(`${product.url}/api/sidebar${path}`, {
    method,
    headers: { cookie: cookieOf(staff), 'sec-fetch-site': 'same-origin', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    patienceMs: 40_000,
  });
}

/** A refusal says when to come back, and nothing was done. */
export function outcomeOf({ status, retryAfter }: Asked): Outcome {
  if (status === 200) return 'ok';
  return status === 503 && retryAfter !== null ? 'refused' : 'failed';
}

const customerPath = ({ externalUserId }: Relation) => `/customers/${encodeURIComponent(externalUserId)}`;

/** The guide opens the sidebar beside her chat. */
export const openPanel = (ground: Ground, relation: Relation): Promise<Asked> => ask(ground, relation.staff, 'GET', customerPath(relation));

export type Tap = { sendId: string; relation: Relation };
export const newTap = (relation: Relation): Tap => ({ sendId: randomUUID(), relation });

/** The tap: the intent is recorded and the message comes back. Idempotent on the id of the tap. */
export const startSend = (ground: Ground, { sendId, relation }: Tap): Promise<Asked> =>
  ask(ground, relation.staff, 'POST', `${customerPath(relation)}/sends`, {
    sendId,
    scriptId: ground.scriptId,
    version: 1,
    source: { kind: 'library' },
  });

/** The client says that it reached her. */
export const reportSent = (ground: Ground, { sendId, relation }: Tap): Promise<Asked> =>
  ask(ground, relation.staff, 'PUT', `${customerPath(relation)}/sends/${sendId}/parts/1`, {
    state: 'sent',
    errMsg: null,
    at: new Date().toISOString(),
  });

/** Both, as the page does them when nothing goes wrong. */
export async function touch(ground: Ground, relation: Relation): Promise<Outcome> {
  const tap = newTap(relation);
  const started = outcomeOf(await startSend(ground, tap));
  return started === 'ok' ? outcomeOf(await reportSent(ground, tap)) : started;
}
