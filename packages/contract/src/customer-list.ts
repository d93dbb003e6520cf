/** The customers of the console: the list and its filter, one customer's page, and the customer's rights. */
import { z } from 'zod';
import { customer, gender } from './customers.ts';
import { instant, isoDay, opaqueId, typedText } from './wire.ts';

const someIds = z.array(opaqueId).max(200).default([]);
const days = z.number().int().min(0).max(3650);

/** How they met: `store-code`, `code`, or WeCom's number for the way. */
export const customerSource = z.string().max(20);

/**
 * All conditions hold together; inside `…Ids`, `tagsAny` and `sources` any one does. Empty: no condition. `stageIds` knows `none` for customers outside the
 * pipeline. Days count back from now, so that a saved filter stays alive; `followedFrom` and `followedUntil` are days of the corp, both included.
 */
export const customerFilter = z.strictObject({
  q: typedText(60).default(''),
  stageIds: someIds,
  tagsAny: someIds,
  tagsAll: someIds,
  tagsNone: someIds,
  storeIds: someIds,
  guideIds: someIds,
  sources: z.array(customerSource).max(40).default([]),
  engagedWithinDays: days.nullable().default(null),
  silentDays: days.nullable().default(null),
  followedFrom: isoDay.nullable().default(null),
  followedUntil: isoDay.nullable().default(null),
  optedOut: z.boolean().nullable().default(null),
  hasOrder: z.boolean().nullable().default(null),
  /** `ended`: nobody of ours is her contact any more. */
  relation: z.enum(['alive', 'ended', 'any']).default('alive'),
});
export type CustomerFilter = z.infer<typeof customerFilter>;
/** A filter as it is written down: what is left out does not matter. */
export type CustomerFilterInput = z.input<typeof customerFilter>;

export const customerSort = z.enum(['engaged', 'followed']);
export type CustomerSort = z.infer<typeof customerSort>;

export const customerGuide = z.object({ staffUserId: opaqueId, name: z.string(), storeName: z.string().nullable() });

export const customerRow = z.object({
  externalUserId: opaqueId,
  name: z.string(),
  /** Of the contact who heard of her last, among those that this person may see. */
  remark: z.string(),
  avatarUrl: z.string().nullable(),
  gender,
  type: z.enum(['wechat', 'wecom']),
  /** `138****0101` unless the role may see them. */
  mobiles: z.array(z.string()),
  stageId: opaqueId.nullable(),
  tagIds: z.array(opaqueId),
  guides: z.array(customerGuide),
  sourceLabel: z.string(),
  lastEngagedAt: instant.nullable(),
  followedAt: instant.nullable(),
  optedOutAt: instant.nullable(),
  active: z.boolean(),
});
export type CustomerRow = z.infer<typeof customerRow>;

/**
 * GET /api/admin/customers?filter=&sort=&cursor=&limit=: newest first by `sort`, keyset paging. `filter` is a `customerFilter` as JSON. Somebody who belongs to a store
 * sees that store's customers only; another store's ids in the filter find nothing.
 */
export const customerListQuery = z.object({
  filter: z.string().max(20_000).optional(),
  sort: customerSort.default('engaged'),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const customerPage = z.object({ customers: z.array(customerRow), nextCursor: z.string().nullable() });
export type CustomerPage = z.infer<typeof customerPage>;

/**
 * GET /api/admin/customers/count?filter=. Exact up to 10,000; then `more` and the count is 10,000. `filling`: after an upgrade that changed the list's form it is laid out
 * anew, and until then shows, counts and changes only those who are in it, `listed` of `of` in the corp (null for who sees one store only); null when everybody is.
 */
export const customerCount = z.object({
  count: z.number().int(),
  more: z.boolean(),
  filling: z.object({ sizes: z.object({ listed: z.number().int(), of: z.number().int() }).nullable() }).nullable(),
});
export type CustomerCount = z.infer<typeof customerCount>;

/** GET /api/admin/customers/facets: what the filter offers. Stores and guides are those that this person may see. */
export const customerFacets = z.object({
  stores: z.array(z.object({ storeId: opaqueId, name: z.string() })),
  guides: z.array(z.object({ staffUserId: opaqueId, name: z.string(), storeId: opaqueId.nullable(), left: z.boolean() })),
  sources: z.array(z.object({ source: customerSource, label: z.string() })),
});
export type CustomerFacets = z.infer<typeof customerFacets>;

/** GET /api/admin/customers/{externalUserId}: 404 `customer.not_found` for another store's, another corp's and a made-up id alike. */
export const customerDetail = z.object({
  customer: customer.extend({ lastEngagedAt: instant.nullable() }),
  customFields: z.record(z.string(), z.string()),
  follows: z.array(
    z.object({
      staffUserId: opaqueId,
      staffName: z.string(),
      storeName: z.string().nullable(),
      remark: z.string(),
      description: z.string(),
      mobiles: z.array(z.string()),
      tagIds: z.array(opaqueId),
      pendingTagIds: z.array(opaqueId),
      sourceLabel: z.string(),
      followedAt: instant,
      endedAt: instant.nullable(),
      endedBy: z.enum(['staff', 'customer', 'transfer']).nullable(),
    }),
  ),
  stageMoves: z.array(
    z.object({ at: instant, fromStageId: opaqueId.nullable(), toStageId: opaqueId.nullable(), by: z.string().nullable(), why: z.string() }),
  ),
  orders: z.array(z.object({ orderId: opaqueId, orderedAt: instant, amount: z.number().int(), items: z.string() })),
  /** Of what there is in all; the lists hold the newest 50. */
  orderCount: z.number().int(),
  /** What whoever deletes her types: her name as one sees it, or her id where there is nothing to see in it. */
  typedToDelete: z.string(),
});
export type CustomerDetail = z.infer<typeof customerDetail>;
// GET /api/admin/customers/{externalUserId}/timeline?before=&limit= → timelinePage. PUT …/opt-out setOptOutBody → setOptOutReply.
// PUT …/stage moveStageBody → moveStageReply.

/** GET …/export?as=json|html: everything that we hold about her, by table; or the same to read and to hand over. */
export const customerExportQuery = z.object({ as: z.enum(['json', 'html']).default('json') });

/** DELETE …: `confirm` is `typedToDelete` of her, typed by the person who deletes. */
export const deleteCustomerBody = z.object({ confirm: typedText(200) });
export const deleteCustomerReply = z.object({
  deleted: z.array(z.object({ what: z.string(), rows: z.number().int() })),
  kept: z.array(z.object({ what: z.string(), why: z.string() })),
});
export type DeleteCustomerReply = z.infer<typeof deleteCustomerReply>;
