/** What the client page is told at once, over `GET /_sim/events`. Times are ISO 8601 by WeCom's clock. */
export type NewsItem =
  | { type: 'message'; staff: string; chat: string; message: object }
  | { type: 'follow'; staff: string; external_userid: string; change: 'added' | 'half_added' | 'edited' | 'ended' }
  | { type: 'call'; call: { kind: 'api' | 'js' | 'page'; name: string; ms: number; errcode: number; errmsg: string; at: string } }
  | { type: 'clock'; now: string; offset_ms: number }
  | { type: 'faults'; faults: object[] }
  | { type: 'callback'; delivery: object }
  | { type: 'reset' };

export interface News {
  publish(item: NewsItem): void;
  /** Returns how to stop listening. */
  listen(listener: (item: NewsItem) => void): () => void;
}

export function createNews(): News {
  const listeners = new Set<(item: NewsItem) => void>();
  return {
    publish: (item) => {
      for (const listener of listeners) listener(item);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
