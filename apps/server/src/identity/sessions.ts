import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createSeal } from '../sealed-text.ts';

/** A session belongs to one person in one app of one corp. */
export type Session = { staffUserId: string; begunAt: Date };

export type Sessions = {
  cookieName: string;
  cookieOptions: { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean; maxAge: number };
  /** The value of the cookie. */
  begin(staffUserId: string): string;
  /** Null for a cookie that is forged, too old, or of another corp or app. */
  read(cookie: string | undefined): Session | null;
};

const hours = 12;
/** More than a brand's staff at work; beyond it the memory starts anew. */
const remembered = 20_000;
const content = z.object({ staff: z.string().min(1), agent: z.string(), corp: z.string(), until: z.number() });

export function createSessions(config: Config, clock: Clock): Sessions {
  const seal = createSeal(config.sessionKey, 'session cookie');
  const { agentId, corpId } = config.wecom;
  // Opening a cookie costs more than all else that is checked about a request, and the same one comes with every tap.
  const opened = new Map<string, { session: Session; until: number }>();

  function open(cookie: string): { session: Session; until: number } | null {
    const text = seal.open(cookie);
    if (text === null) return null;
    const { staff, agent, corp, until } = content.parse(JSON.parse(text));
    const begunAt = new Date(until - hours * 3_600_000);
    return agent === agentId && corp === corpId ? { session: { staffUserId: staff, begunAt }, until } : null;
  }

  return {
    cookieName: 'nextline_session',
    cookieOptions: { path: '/', httpOnly: true, sameSite: 'lax', secure: config.publicUrl.startsWith('https:'), maxAge: hours * 3600 },
    begin: (staffUserId) =>
      seal.seal(JSON.stringify({ staff: staffUserId, agent: agentId, corp: corpId, until: clock.now().getTime() + hours * 3_600_000 })),
    read(cookie) {
      if (cookie === undefined) return null;
      const known = opened.get(cookie) ?? open(cookie);
      if (known === null || known.until <= clock.now().getTime()) {
        opened.delete(cookie);
        return null;
      }
      if (opened.size >= remembered) opened.clear();
      opened.set(cookie, known);
      return known.session;
    },
  };
}
