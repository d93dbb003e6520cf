import { randomBytes } from 'node:crypto';
import type { SimClock } from './clock.ts';

/** What WeCom has handed out and will recognise later: tokens, tickets, codes, media, welcome codes. All times by WeCom's clock. */
export interface Issued {
  accessToken: Issuer;
  corpTicket: Issuer;
  agentTicket: Issuer;
  /** Who came by: a member of staff, or a customer who was sent the address. */
  codes: Map<string, { who: { staff: string } | { customer: string }; scope: string; expiresAt: number; used: boolean }>;
  userTickets: Map<string, { staff: string; expiresAt: number }>;
  media: Map<string, Media>;
  welcomeCodes: Map<string, { staff: string; externalUserid: string; expiresAt: number; used: boolean }>;
  /** Pages that passed `agentConfig`: page address → what it may call. */
  agentConfigs: Map<string, { jsApiList: string[]; staff: string }>;
}

export interface Media {
  mediaId: string;
  type: 'image' | 'voice' | 'video' | 'file';
  fileName: string;
  contentType: string;
  bytes: Buffer;
  createdAt: number;
}

/** A value that stays the same for 7200 s and is then replaced. */
export interface Issuer {
  current(): { value: string; expiresIn: number };
  /** 'unknown' was never given out or was revoked; 'expired' was, too long ago. */
  check(value: string): 'valid' | 'expired' | 'unknown';
  /** The platform may end a value early. */
  revoke(): void;
}

export const lifetimes = {
  tokenMs: 7_200_000,
  codeMs: 300_000,
  userTicketMs: 1_800_000,
  mediaMs: 3 * 86_400_000,
  welcomeMs: 20_000,
};

export function createIssued(clock: SimClock): Issued {
  return {
    accessToken: createIssuer(clock, 96),
    corpTicket: createIssuer(clock, 48),
    agentTicket: createIssuer(clock, 48),
    codes: new Map(),
    userTickets: new Map(),
    media: new Map(),
    welcomeCodes: new Map(),
    agentConfigs: new Map(),
  };
}

function createIssuer(clock: SimClock, bytes: number): Issuer {
  const given = new Map<string, number>();
  let newest: { value: string; expiresAt: number } | null = null;
  return {
    current() {
      const now = clock.now();
      if (!newest || newest.expiresAt <= now) {
        newest = { value: randomBytes(bytes).toString('base64url'), expiresAt: now + lifetimes.tokenMs };
        given.set(newest.value, newest.expiresAt);
      }
      return { value: newest.value, expiresIn: Math.min(7200, Math.ceil((newest.expiresAt - now) / 1000)) };
    },
    check(value) {
      const expiresAt = given.get(value);
      if (expiresAt === undefined) return 'unknown';
      return expiresAt > clock.now() ? 'valid' : 'expired';
    },
    revoke() {
      if (newest) given.delete(newest.value);
      newest = null;
    },
  };
}

/** A random id, unguessable like WeCom's own. */
export function randomId(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
