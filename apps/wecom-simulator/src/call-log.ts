import type { News } from './news.ts';

/** One thing that the product asked of WeCom: a server API, a bridge call, or an OAuth page. */
export interface Call {
  id: number;
  kind: 'api' | 'js' | 'page';
  /** As faults name it: `cgi-bin/externalcontact/get`, `bridge/sendChatMessage`, `connect/oauth2/authorize`. */
  path: string;
  method: string;
  /** ISO 8601, by WeCom's clock. */
  at: string;
  ms: number;
  status: number;
  errcode: number;
  errmsg: string;
  query: Record<string, unknown>;
  body: unknown;
}

export interface CallLog {
  record(call: Omit<Call, 'id'>): void;
  /** Newest first; `path` matches from the beginning, with or without `cgi-bin/`. */
  list(filter: { path?: string | undefined; limit: number }): { calls: Call[]; total: number };
  clear(): void;
}

const kept = 5000;

export function createCallLog(news: News): CallLog {
  let calls: Call[] = [];
  let total = 0;
  return {
    record(call) {
      total += 1;
      calls.push({ ...call, id: total });
      // Cut in blocks: cutting one at a time would copy the list on every call.
      if (calls.length > kept * 1.2) calls = calls.slice(-kept);
      const { kind, path, ms, errcode, errmsg, at } = call;
      news.publish({ type: 'call', call: { kind, name: path.slice(path.indexOf('/') + 1), ms, errcode, errmsg, at } });
    },
    list({ path, limit }) {
      const wanted = path === undefined ? '' : canonicalPath(path);
      const found = wanted === '' ? calls : calls.filter((call) => call.path.startsWith(wanted));
      return { calls: found.slice(-limit).toReversed(), total: wanted === '' ? total : found.length };
    },
    clear() {
      calls = [];
      total = 0;
    },
  };
}

/** `/cgi-bin/user/get`, `cgi-bin/user/get` and `user/get` are the same API; the other kinds keep their own first word. */
export function canonicalPath(path: string): string {
  const bare = path.replace(/^\/+/, '');
  return bare === '' || /^(cgi-bin|bridge|connect|wwlogin|webview)(\/|$)/.test(bare) ? bare : `cgi-bin/${bare}`;
}
