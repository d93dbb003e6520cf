import type { Language } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import type { Deps, Principal } from '../feature.ts';
import { customerTables } from './customer-tables.ts';
import { readRows } from './customer-data.store.ts';
import { type CustomerExport, customerReport } from './customer-report.ts';
import { requireSeen } from './require-seen.ts';

/** Everything that we hold about one customer, by table; or the same as a page to read. Noted with who took it. */
export async function exportCustomer(
  deps: Deps,
  who: Principal,
  externalUserId: string,
  as: 'json' | 'html',
  language: Language,
): Promise<{ type: string; fileName: string; body: string }> {
  await requireSeen(deps, who, externalUserId);
  const now = deps.clock.now();
  const { corpId } = deps.config.wecom;
  const tables = await deps.db.transaction(
    async (tx) => {
      const read: [string, Record<string, unknown>[]][] = [];
      for (const table of customerTables) read.push([table.table, await readRows(tx, table, externalUserId)]);
      await writeAudit(tx, {
        corpId,
        who,
        action: 'customer.export',
        subject: { kind: 'customer', id: externalUserId },
        detail: { as },
        at: now,
      });
      return read;
    },
    { isolationLevel: 'repeatable read' },
  );
  const data: CustomerExport = { exportedAt: now.toISOString(), externalUserId, tables: Object.fromEntries(tables) };
  const fileName = `customer-${now.toISOString().slice(0, 10)}.${as}`;
  if (as === 'json') return { type: 'application/json; charset=utf-8', fileName, body: JSON.stringify(data, null, 2) };
  return { type: 'text/html; charset=utf-8', fileName, body: customerReport(data, language) };
}
