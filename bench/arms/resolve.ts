/**
 * Resolves customers as the server does for every request that names one: the guide's own connection pool and role, row level security, and the
 * question whether she follows this customer. Told over IPC how long; answers how many it did.
 */
import { findRelation } from '../../apps/server/src/customers/relation.store.ts';
import { openDatabase, urlOfCorp } from '../../apps/server/src/database.ts';
import type { Relation } from '../customers.ts';

export type ResolveOrder = { connections: number; seconds: number };
export type ResolveReport = { resolved: number; perSecond: number } | { failure: string };

type Setting = { databaseUrl: string; corpId: string; sessionKey: string; connections: number; relations: Relation[] };

let setting: Setting | null = null;
let database: ReturnType<typeof openDatabase> | null = null;
let next = 0;

async function resolveFor({ connections, seconds }: ResolveOrder): Promise<ResolveReport> {
  if (!setting || !database) throw new Error('nothing to resolve yet');
  const { corpId, relations } = setting;
  const { db } = database;
  const principals = new Map(
    relations.map(({ staffUserId }) => [
      staffUserId,
      { staffUserId, name: staffUserId, role: 'guide', storeId: null, seesMobiles: false } as const,
    ]),
  );
  let resolved = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (; performance.now() < end; resolved += 1) {
        const relation = relations[next++ % relations.length];
        const principal = relation && principals.get(relation.staffUserId);
        if (!principal) throw new Error('nobody to resolve');
        const found = await findRelation(db, corpId, relation.externalUserId, principal);
        if (found?.own !== 'alive') throw new Error(`${relation.externalUserId} was not resolved`);
      }
    }),
  );
  return { resolved, perSecond: (1000 * resolved) / (performance.now() - start) };
}

process.on('message', (message: Setting | ResolveOrder) => {
  if ('relations' in message) {
    setting = message;
    const url = urlOfCorp(message.databaseUrl, message.corpId, message.sessionKey);
    database = openDatabase({ url, max: message.connections, onError: (error) => process.stderr.write(`${error.message}\n`) });
    process.send?.({ resolved: 0, perSecond: 0 } satisfies ResolveReport);
    return;
  }
  resolveFor(message).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ failure: String(error) } satisfies ResolveReport),
  );
});
process.once('disconnect', () => process.exit(0));
