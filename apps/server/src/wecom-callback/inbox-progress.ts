import type { Queryable } from '../database.ts';
import { inboxState } from './inbox.store.ts';

export type InboxProgress = { waiting: number; oldestSeconds: number; dead: number };

/** How far applying is behind receiving. */
export const inboxProgress = (db: Queryable): Promise<InboxProgress> => inboxState(db);
