import { sql } from 'drizzle-orm';
import type { ScriptFacts } from '../customers/script-values.ts';
import type { Queryable } from '../database.ts';

type Row = {
  nickname: string;
  custom_fields: Record<string, string>;
  remark: string;
  guide_name: string;
  store_name: string | null;
  last_order: { item: string } | null;
};

/** What scripts can say about a customer, with the guide who has known her longest. `storeId`: only customers of that store's guides. */
export async function findPreviewCustomer(db: Queryable, externalUserId: string, storeId: string | null): Promise<ScriptFacts | null> {
  const { rows } = await db.execute<Row>(sql`
    SELECT c.name AS nickname, c.custom_fields, f.remark, s.name AS guide_name, st.name AS store_name, t.last_order
    FROM customers c
    JOIN follows f ON f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND f.ended_at IS NULL
    JOIN staff s ON s.corp_id = f.corp_id AND s.staff_user_id = f.staff_user_id
    LEFT JOIN stores st ON st.corp_id = s.corp_id AND st.store_id = s.store_id
    LEFT JOIN touch_summaries t ON t.corp_id = c.corp_id AND t.external_user_id = c.external_user_id
    WHERE c.external_user_id = ${externalUserId} AND (${storeId}::text IS NULL OR s.store_id = ${storeId})
    ORDER BY f.followed_at LIMIT 1`);
  const [row] = rows;
  if (!row) return null;
  return {
    remark: row.remark,
    nickname: row.nickname,
    guideName: row.guide_name,
    storeName: row.store_name,
    lastOrderItem: row.last_order?.item ?? null,
    customFields: row.custom_fields,
  };
}
