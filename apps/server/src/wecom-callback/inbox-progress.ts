import type { Deps } from '../feature.ts';
import { type InboxProgress, readInboxProgress } from './inbox-progress.store.ts';

export type { InboxProgress } from './inbox-progress.store.ts';

/** How far applying is behind receiving. */
export const inboxProgress = (db: Deps['db']): Promise<InboxProgress> => readInboxProgress(db);
