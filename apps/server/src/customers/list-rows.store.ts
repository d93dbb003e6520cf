import type { Gender } from '@nextline/contract';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import type { CustomerScope } from './filter-conditions.ts';

export type ListedFollow = {
  staffUserId: string;
  remark: string;
  mobiles: string[];
  tagIds: string[];
  addWay: number;
  state: string | null;
  followedAt: string;
  endedAt: string | null;
};
export type ListedCustomer = {
  external_user_id: string;
  name: string;
  avatar_url: string | null;
  gender: Gender;
  type: 'wechat' | 'wecom';
  stage_id: string | null;
  last_engaged_at: Date | null;
  opted_out_at: Date | null;
  /** Those of the scope; living ones first, then the newest. */
  follows: ListedFollow[];
};

const instant = (at: string | null) => (at === null ? null : new Date(at));

/** What the list shows of these customers, in no order. */
export async function readListed(db: Queryable, externalUserIds: string[], scope: CustomerScope): Promise<ListedCustomer[]> {
  if (externalUserIds.length === 0) return [];
  const visible = scope === null ? sql`true` : sql`f.staff_user_id = ANY(${sql.param([...scope])}::text[])`;
  const { rows } = await db.execute<
    Omit<ListedCustomer, 'last_engaged_at' | 'opted_out_at'> & Record<'last_engaged_at' | 'opted_out_at', string | null>
  >(sql`
    SELECT c.external_user_id, c.name, c.avatar_url, c.gender, c.type, c.stage_id, c.last_engaged_at, c.opted_out_at, coalesce(r.follows, '[]') AS follows
    FROM customers c
    CROSS JOIN LATERAL (SELECT json_agg(json_build_object('staffUserId', f.staff_user_id, 'remark', f.remark, 'mobiles', f.mobiles, 'tagIds', f.tag_ids,
        'addWay', f.add_way, 'state', f.state, 'followedAt', f.followed_at, 'endedAt', f.ended_at)
        ORDER BY f.ended_at IS NULL DESC, f.followed_at DESC, f.staff_user_id) AS follows
      FROM follows f WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND ${visible}) r
    WHERE c.external_user_id = ANY(${sql.param(externalUserIds)}::text[])`);
  return rows.map((row) => ({ ...row, last_engaged_at: instant(row.last_engaged_at), opted_out_at: instant(row.opted_out_at) }));
}
