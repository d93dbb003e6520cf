/** One thing the product asked of WeCom, as `GET /_sim/calls` lists it, newest first. */
export interface Call {
  id: number;
  kind: 'api' | 'js' | 'page';
  path: string;
  method: string;
  at: string;
  ms: number;
  status: number;
  errcode: number;
  errmsg: string;
  query: Record<string, unknown>;
  body: unknown;
}

export interface CallList {
  calls: Call[];
  total: number;
}

/** Server APIs answer these when the same call may succeed later. */
const TEMPORARY = new Set([-1, 45009, 45033, 42001, 40014]);

/** How it went. A person who cancels is not a failure. */
export function outcome({ kind, errcode, errmsg, status }: Pick<Call, 'kind' | 'errcode' | 'errmsg' | 'status'>): 'ok' | 'warn' | 'bad' {
  if (errcode === 0 && status > 0 && status < 400) return 'ok';
  return (kind === 'js' ? errmsg.endsWith(':cancel') : TEMPORARY.has(errcode)) ? 'warn' : 'bad';
}

/** `JS sendChatMessage`, `POST /media/upload`, `页面 oauth2/authorize`: without the first word that all of a kind share. */
export function callTitle({ kind, path, method }: Pick<Call, 'kind' | 'path' | 'method'>): string {
  const name = path.slice(path.indexOf('/') + 1);
  if (kind === 'js') return `JS ${name}`;
  return kind === 'page' ? `页面 ${name}` : `${method} /${name}`;
}

/** What there is to say beside the name: how long it took, or why it failed. The bridge has words only, and repeats its own name in them. */
export function callNote(call: Pick<Call, 'kind' | 'errcode' | 'errmsg' | 'status' | 'ms'>): string {
  if (outcome(call) === 'ok') return `${call.ms} ms`;
  if (call.kind === 'js') return call.errmsg.slice(call.errmsg.indexOf(':') + 1).trim();
  if (call.errcode !== 0) return call.errmsg ? `${call.errcode} ${call.errmsg}` : String(call.errcode);
  return call.status > 0 ? String(call.status) : '连接断了';
}
