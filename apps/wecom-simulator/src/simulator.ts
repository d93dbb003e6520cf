import type { CallLog } from './call-log.ts';
import type { CallbackSender } from './callbacks/callback-sender.ts';
import type { RateLimits } from './cgi-bin/rate-limits.ts';
import type { SimClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Issued } from './issued.ts';
import type { News } from './news.ts';
import type { World } from './world/world.ts';

/** What every route of the simulator works with. */
export interface Simulator {
  world: World;
  clock: SimClock;
  issued: Issued;
  rateLimits: RateLimits;
  faults: Faults;
  calls: CallLog;
  news: News;
  callbacks: CallbackSender;
  /** Known once the ports are open; without a slash at the end. */
  urls: { own: string; webview: string; product: string };
  /** Back to the seed: people, chats, tags, console settings, clock, faults, callback switches. `customers`: from now on so many. */
  reset(wanted?: { customers: number | undefined }): void;
}

/** ISO 8601 in UTC, for everything that the simulator says outside of WeCom's own APIs. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
