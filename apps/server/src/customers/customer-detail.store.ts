import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import type { customers, follows, orders } from './customers.table.ts';
import type { CustomerScope } from './filter-conditions.ts';

const visible = (scope: CustomerScope) => (scope === null ? sql`true` : sql`f.staff_user_id = ANY(${sql.param([...scope])}::text[])`);

export async function isSeen(db: Queryable, externalUserId: string, scope: CustomerScope): Promise<boolean> {
  const related =
    scope === null ? sql`true` : sql`EXISTS (SELECT FROM follows f WHERE f.external_user_id = c.external_user_id AND ${visible(scope)})`;
  const { rows } = await db.execute<{ seen: boolean }>(
    sql`SELECT EXISTS (SELECT FROM customers c WHERE c.external_user_id = ${externalUserId} AND ${related}) AS seen`,
  );
  return rows[0]?.seen ?? false;
}

type Dates<Row> = { [Key in keyof Row]: Date extends Row[Key] ? Exclude<Row[Key], Date> | string : Row[Key] };
type CustomerRow = typeof customers.$inferSelect;
type FollowRow = typeof follows.$inferSelect;
type OrderRow = typeof orders.$inferSelect;

export type DetailRows = {
  customer: Dates<Omit<CustomerRow, 'corpId' | 'unionId' | 'syncedAt'>>;
  follows: Dates<Omit<FollowRow, 'corpId' | 'externalUserId' | 'syncedAt'>>[];
  moves: { movedAt: string; fromStageId: string | null; toStageId: string | null; staffUserId: string | null; why: string }[];
  orders: Dates<Pick<OrderRow, 'orderId' | 'orderedAt' | 'amount' | 'items'>>[];
  orderCount: number;
};

/** One customer with the relations of the scope, the newest moves and orders; null when she is not there. Instants as JSON has them. */
export async function readDetail(db: Queryable, externalUserId: string, scope: CustomerScope, most: number): Promise<DetailRows | null> {
  const { rows } = await db.execute<{ detail: DetailRows }>(sql`
    SELECT json_build_object(
      'customer', json_build_object('externalUserId', c.external_user_id, 'name', c.name, 'avatarUrl', c.avatar_url, 'type', c.type, 'gender', c.gender,
        'corpName', c.corp_name, 'stageId', c.stage_id, 'stageEnteredAt', c.stage_entered_at, 'lastEngagedAt', c.last_engaged_at,
        'optedOutAt', c.opted_out_at, 'customFields', c.custom_fields),
      'follows', coalesce((SELECT json_agg(json_build_object('staffUserId', f.staff_user_id, 'remark', f.remark, 'description', f.description,
          'mobiles', f.mobiles, 'tagIds', f.tag_ids, 'pendingTagIds', f.pending_tag_ids, 'addWay', f.add_way, 'state', f.state,
          'followedAt', f.followed_at, 'endedAt', f.ended_at, 'endedBy', f.ended_by) ORDER BY f.ended_at IS NULL DESC, f.followed_at DESC)
        FROM follows f WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND ${visible(scope)}), '[]'),
      'moves', coalesce((SELECT json_agg(json_build_object('movedAt', m.moved_at, 'fromStageId', m.from_stage_id, 'toStageId', m.to_stage_id,
          'staffUserId', m.staff_user_id, 'why', m.why) ORDER BY m.moved_at DESC, m.move_id DESC)
        FROM (SELECT * FROM stage_moves m WHERE m.corp_id = c.corp_id AND m.external_user_id = c.external_user_id
          ORDER BY m.moved_at DESC, m.move_id DESC LIMIT ${most}) m), '[]'),
      'orders', coalesce((SELECT json_agg(json_build_object('orderId', o.order_id, 'orderedAt', o.ordered_at, 'amount', o.amount, 'items', o.items)
          ORDER BY o.ordered_at DESC, o.order_id)
        FROM (SELECT * FROM orders o WHERE o.corp_id = c.corp_id AND o.external_user_id = c.external_user_id
          ORDER BY o.ordered_at DESC, o.order_id LIMIT ${most}) o), '[]'),
      'orderCount', (SELECT count(*) FROM orders o WHERE o.corp_id = c.corp_id AND o.external_user_id = c.external_user_id)) AS detail
    FROM customers c WHERE c.external_user_id = ${externalUserId}`);
  return rows[0]?.detail ?? null;
}
