import type { Deps } from '../feature.ts';
import { onePerDatabase } from '../cached.ts';
import { type AuditEntry, writeAudit } from './write-audit.ts';

/** Looking at a customer again within this time is the same look. */
const sameLookMs = 30 * 60_000;
const keptLooks = 50_000;
/** More than this is only waiting when the database is away; then the newest looks are given up rather than memory. */
const mostWaiting = 20_000;
const flushEveryMs = 1_000;
/** So many do not wait for the second to be over: a long statement in a busy hour would hold up the panels that are asked for meanwhile. */
const fewAtOnce = 25;

type ViewDeps = Pick<Deps, 'db' | 'clock' | 'config' | 'log'>;
type Views = {
  seen: Map<string, number>;
  waiting: AuditEntry[];
  timer: NodeJS.Timeout | null;
};
const viewsOf = onePerDatabase((_deps: ViewDeps): Views => ({ seen: new Map(), waiting: [], timer: null }));

/**
 * Notes that somebody looked at a customer, without making them wait: looks are gathered for a second and written in one statement. A process that is killed
 * takes at most that second with it; what changes something is never noted this way.
 */
export function noteView(deps: ViewDeps, staffUserId: string, externalUserId: string, where: 'sidebar' | 'console'): void {
  const views = viewsOf(deps);
  const at = deps.clock.now();
  const key = `${where}\n${staffUserId}\n${externalUserId}`;
  const before = views.seen.get(key);
  if (before !== undefined && Math.abs(at.getTime() - before) < sameLookMs) return;
  if (views.seen.size >= keptLooks) views.seen.clear();
  views.seen.set(key, at.getTime());
  if (views.waiting.length >= mostWaiting) return;
  views.waiting.push({
    corpId: deps.config.wecom.corpId,
    who: { staffUserId },
    action: 'customer.view',
    subject: { kind: 'customer', id: externalUserId },
    detail: { where },
    at,
  });
  if (views.waiting.length === fewAtOnce) void flushViews(deps);
  else views.timer ??= setTimeout(() => void flushViews(deps), flushEveryMs).unref();
}

/** Writes what is waiting now. Also called when the server closes. */
export async function flushViews(deps: ViewDeps): Promise<void> {
  const views = viewsOf(deps);
  if (views.timer) clearTimeout(views.timer);
  views.timer = null;
  const entries = views.waiting.splice(0);
  if (entries.length === 0) return;
  try {
    await writeAudit(deps.db, ...entries);
  } catch (error) {
    deps.log.warn({ err: error, looks: entries.length }, 'looks at customers could not be noted; trying again');
    views.waiting.unshift(...entries);
    views.timer ??= setTimeout(() => void flushViews(deps), 5 * flushEveryMs).unref();
  }
}
