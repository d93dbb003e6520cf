import { sql } from 'drizzle-orm';
import { customers, orders, outcomes, touchSummaries } from '../../../apps/server/src/customers/customers.table.ts';
import { lastEngagedAt, rebuildTouchSummary } from '../../../apps/server/src/customers/rebuild-touch-summary.ts';
import type { Queryable } from '../../../apps/server/src/database.ts';
import { touches } from '../../../apps/server/src/sends/sends.table.ts';
import { timeZoneOfCorp } from '../../../apps/server/src/wecom-sync/customer-mirror.store.ts';

const rowsAtOnce = 500;

function byCustomer<Row extends { externalUserId: string }>(rows: readonly Row[]): (externalUserId: string) => Row[] {
  const groups = Map.groupBy(rows, ({ externalUserId }) => externalUserId);
  return (externalUserId) => groups.get(externalUserId) ?? [];
}

/** Makes every customer's summary, and when she last showed a sign of life, anew from the ledgers. */
export async function summarise(tx: Queryable, corpId: string, now: Date): Promise<void> {
  const timeZone = await timeZoneOfCorp(tx);
  const touchesOf = byCustomer(await tx.select().from(touches));
  const outcomesOf = byCustomer(await tx.select().from(outcomes));
  const ordersOf = byCustomer(await tx.select().from(orders));
  const people = await tx.select({ externalUserId: customers.externalUserId }).from(customers);
  const rows = people.map(({ externalUserId }) => {
    const ledgers = {
      touches: touchesOf(externalUserId),
      outcomes: outcomesOf(externalUserId),
      orders: ordersOf(externalUserId),
      reservations: [],
    };
    return { corpId, externalUserId, ...rebuildTouchSummary(ledgers, now, timeZone) };
  });
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await tx
      .insert(touchSummaries)
      .values(rows.slice(from, from + rowsAtOnce))
      .onConflictDoUpdate({
        target: [touchSummaries.corpId, touchSummaries.externalUserId],
        set: {
          recentTouches: sql`excluded.recent_touches`,
          marketingTouchedAt: sql`excluded.marketing_touched_at`,
          sentScripts: sql`excluded.sent_scripts`,
          pulseCustomer: sql`excluded.pulse_customer`,
          pulseUs: sql`excluded.pulse_us`,
          replyHours: sql`excluded.reply_hours`,
          openQuestion: sql`excluded.open_question`,
          lastOrder: sql`excluded.last_order`,
        },
      });
  const engaged = people.map(({ externalUserId }) => ({ external_user_id: externalUserId, at: lastEngagedAt(outcomesOf(externalUserId)) }));
  await tx.execute(sql`
    UPDATE ${customers} AS c SET last_engaged_at = s.at
    FROM jsonb_to_recordset(${JSON.stringify(engaged)}::jsonb) AS s(external_user_id text, at timestamptz)
    WHERE c.external_user_id = s.external_user_id`);
}
