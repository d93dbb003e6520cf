import { z } from 'zod';
import type { Simulator } from '../simulator.ts';
import { WeComError } from './wecom-error.ts';

/** What an API was called with. `body` is parsed JSON; `file` the part named `media` of an upload. */
export interface ApiRequest {
  query: Record<string, string>;
  body: unknown;
  file: { name: string; contentType: string; bytes: Buffer } | null;
}

/** A file is answered as it is; everything else as JSON with `errcode: 0, errmsg: "ok"` in front. */
export type ApiReply = Record<string, unknown> | { file: Buffer; contentType: string; fileName: string };

export interface Api {
  method: 'GET' | 'POST';
  /** Below `/cgi-bin/`. */
  path: string;
  /** Calls per hour beside the general limits. */
  hourlyLimit?: number;
  /** gettoken is the only one without. */
  withoutToken?: boolean;
  /** Needs the app in 可调用接口的应用. */
  customerContact?: boolean;
  handle(sim: Simulator, request: ApiRequest): ApiReply;
}

/** Reads the body, or refuses with 40058, WeCom's code for a parameter that is missing, wrong, too long or too many. */
export function readBody<T>(shape: z.ZodType<T>, request: ApiRequest): T {
  const parsed = shape.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues[0];
  throw new WeComError(40058, { detail: `${problem?.path.join('.') ?? ''}: ${problem?.message ?? ''}` });
}

/** Seconds, as WeCom counts. */
export function seconds(at: number): number {
  return Math.floor(at / 1000);
}

/** Cuts one page out of a list. A cursor is opaque and belongs to `of`; a foreign or damaged one is refused with 40058. */
export function page<T>(items: readonly T[], of: string, cursor: string, limit: number): { items: T[]; nextCursor: string } {
  const from = cursor === '' ? 0 : readCursor(cursor, of);
  const next = from + limit;
  return {
    items: items.slice(from, next),
    nextCursor: next < items.length ? Buffer.from(JSON.stringify([of, next])).toString('base64url') : '',
  };
}

function readCursor(cursor: string, of: string): number {
  const [owner, from] = parseCursor(cursor);
  if (owner !== of) throw new WeComError(40058, { detail: 'cursor' });
  return from;
}

function parseCursor(cursor: string): [string, number] {
  try {
    return z.tuple([z.string(), z.int().min(0)]).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new WeComError(40058, { detail: 'cursor' });
  }
}
