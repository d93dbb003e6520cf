import type { Panel, Task } from '@nextline/contract';
import type { Principal } from '../feature.ts';
import type { ScriptCatalogue } from '../scripts/script-catalogue.ts';
import { marketingMeter } from '../sends/guard.ts';
import { type Situation, stageToAdviseFor } from '../suggestions/situation.ts';
import { suggest } from '../suggestions/suggest.ts';
import type { KnownTag } from '../tags/tag-catalogue.ts';
import { maskMobile } from './mask-mobile.ts';
import type { PanelRow } from './panel.store.ts';
import { drawPulse } from './pulse.ts';
import { usualReplyHours } from './reply-hours.ts';
import { gapsIn, scriptValues } from './script-values.ts';
import { sourceLabel } from './source-label.ts';

/** What the process knows already: no part of it is read for a single customer. */
export type PanelContext = {
  now: Date;
  timeZone: string;
  stages: Panel['stages'];
  tags: ReadonlyMap<string, KnownTag>;
  catalogue: ScriptCatalogue;
  bestSellers: string[];
  guideUses: ReadonlyMap<string, number>;
  wecomReachable: boolean;
  sessionKey: string;
};

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const utc = (instant: string): string => new Date(instant).toISOString();

/** The panel of one customer, from its row and what the process knows. */
export function showPanel(externalUserId: string, row: PanelRow, who: Principal, context: PanelContext): Panel {
  const { now, timeZone, stages } = context;
  const active = row.staff_user_id === who.staffUserId && row.ended_at === null;
  const meter = marketingMeter({ marketingTouchedAt: row.marketing_touched_at ?? [], optedOutAt: row.opted_out_at }, now, timeZone);
  const tags = tagsToShow(row.tag_ids, context.tags);
  const customerName = row.remark === '' ? row.name : row.remark;
  const tasks = (row.tasks ?? []).map(({ createdAt, ...task }) => ({
    task: { ...task, externalUserId, customerName, dueAt: utc(task.dueAt), status: 'open' } satisfies Task,
    createdAt: new Date(createdAt),
  }));
  const variables = scriptValues({
    remark: row.remark,
    nickname: row.name,
    guideName: who.name,
    storeName: row.own_store_name,
    lastOrderItem: row.last_order?.item ?? null,
    customFields: row.custom_fields,
  });
  const situation: Situation = {
    now,
    timeZone,
    gender: row.gender,
    stage: stageToAdviseFor(stages, row.stage_id),
    tags: new Map(tags.map((tag) => [tag.tagId, tag.name])),
    openQuestion: row.open_question,
    followedAt: row.followed_at,
    lastOrder: row.last_order,
    lastEngagedAt: row.last_engaged_at,
    sentScripts: row.sent_scripts ?? {},
    tasks: tasks.map(({ task, createdAt }) => ({ ...task, dueAt: new Date(task.dueAt), createdAt })),
    guideUses: context.guideUses,
    variables,
    optedOut: row.opted_out_at !== null,
    marketingBlocked: meter.refusal !== null,
  };
  const blocked = meter.refusal?.blocked ?? null;
  const lastTouch = row.recent_touches?.[0];
  const suggestions = suggest(situation, context.catalogue, who, externalUserId, blocked, context.sessionKey);
  return {
    customer: {
      externalUserId,
      name: row.name,
      avatarUrl: row.avatar_url,
      gender: row.gender,
      type: row.type,
      corpName: row.corp_name,
      stageId: row.stage_id,
      stageEnteredAt: iso(row.stage_entered_at),
      optedOutAt: iso(row.opted_out_at),
    },
    follow: {
      staffUserId: row.staff_user_id,
      staffName: row.staff_name,
      remark: row.remark,
      description: row.description,
      mobiles: who.seesMobiles ? row.mobiles : row.mobiles.map((mobile) => maskMobile(mobile)),
      tagIds: row.tag_ids,
      pendingTagIds: row.pending_tag_ids,
      sourceLabel: sourceLabel(row.add_way, row.state)['zh-CN'],
      state: row.state,
      followedAt: row.followed_at.toISOString(),
      storeName: row.store_name,
    },
    tags,
    stages,
    relation: {
      lastEngagedAt: iso(row.last_engaged_at),
      replyHours: usualReplyHours(row.reply_hours ?? []),
      marketing: {
        count: meter.count,
        cap: meter.cap,
        windowDays: meter.windowDays,
        nextAllowedAt: iso(meter.nextAllowedAt),
        blocked,
      },
      lastTouch: lastTouch ? { at: lastTouch.at, title: lastTouch.title, purpose: lastTouch.purpose } : null,
    },
    pulse: drawPulse(row.pulse_customer ?? {}, row.pulse_us ?? {}, now, timeZone),
    sentScripts: situation.sentScripts,
    variables,
    gaps: gapsIn(context.catalogue.variables, variables, context.bestSellers),
    // Nobody can say anything to a customer who is not theirs.
    suggestions: active ? suggestions : { ...suggestions, cards: [] },
    tasks: tasks.map(({ task }) => task),
    openTaskCount: row.open_task_count,
    openSends: (row.open_sends ?? []).map((send) => ({
      ...send,
      externalUserId,
      startedAt: utc(send.startedAt),
      heldUntil: send.heldUntil && utc(send.heldUntil),
    })),
    active,
    freshness: { syncedAt: row.synced_at.toISOString(), wecomReachable: context.wecomReachable },
  };
}

/** What can only be one comes first (skin type), then in the order in which the guide gave them. A tag that WeCom no longer has is left out. */
function tagsToShow(tagIds: readonly string[], known: ReadonlyMap<string, KnownTag>): { tagId: string; name: string }[] {
  const tags = tagIds.flatMap((tagId) => known.get(tagId) ?? []);
  return [...tags.filter((tag) => tag.singleChoice), ...tags.filter((tag) => !tag.singleChoice)].map(({ tagId, name }) => ({
    tagId,
    name,
  }));
}
