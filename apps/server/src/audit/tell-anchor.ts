import type { Deps } from '../feature.ts';
import { readHead } from './audit.store.ts';

/** Puts the end of the audit log into the server's log: the one copy that no database holds, for `pnpm run audit verify --anchor`. */
export async function tellAnchor({ db, log }: Pick<Deps, 'db' | 'log'>): Promise<void> {
  const head = await readHead(db);
  if (head) log.info({ auditAnchor: `${head.seq}:${head.hash}` }, 'where the audit log ends now');
}
