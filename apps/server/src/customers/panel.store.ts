import type { Gender, Send, Task } from '@nextline/contract';
import type { Database } from '../database.ts';
import type { Principal } from '../feature.ts';
import type { TouchSummary } from './touch-summary.ts';
import { panelSql } from './panel-sql.ts';

/** A row of `panelSql`. What comes from `touch_summaries` is null for a customer to whom nothing has happened yet. */
export type PanelRow = {
  name: string;
  avatar_url: string | null;
  gender: Gender;
  type: 'wechat' | 'wecom';
  corp_name: string | null;
  stage_id: string | null;
  stage_entered_at: Date | null;
  last_engaged_at: Date | null;
  opted_out_at: Date | null;
  custom_fields: Record<string, string>;
  staff_user_id: string;
  staff_name: string;
  store_name: string | null;
  remark: string;
  description: string;
  mobiles: string[];
  tag_ids: string[];
  pending_tag_ids: string[];
  add_way: number;
  state: string | null;
  followed_at: Date;
  ended_at: Date | null;
  synced_at: Date;
  recent_touches: TouchSummary['recentTouches'] | null;
  marketing_touched_at: Date[] | null;
  sent_scripts: TouchSummary['sentScripts'] | null;
  pulse_customer: TouchSummary['pulseCustomer'] | null;
  pulse_us: TouchSummary['pulseUs'] | null;
  reply_hours: number[] | null;
  open_question: TouchSummary['openQuestion'];
  last_order: TouchSummary['lastOrder'];
  own_store_name: string | null;
  tasks: { taskId: string; title: string; scriptId: string | null; dueAt: string; kind: Task['kind']; createdAt: string }[] | null;
  open_task_count: number;
  open_sends:
    | (Pick<Send, 'sendId' | 'scriptId' | 'version' | 'title' | 'startedAt' | 'parts' | 'holderId' | 'heldUntil'> & { state: 'open' })[]
    | null;
};

/** The hottest query there is. */
export async function readPanel(db: Database, corpId: string, externalUserId: string, who: Principal): Promise<PanelRow | null> {
  const values = [corpId, externalUserId, who.staffUserId, who.storeId, who.role === 'manager'];
  const [row] = await db.shortReads.query<PanelRow>({ name: 'panel', text: panelSql, values });
  return row ?? null;
}
