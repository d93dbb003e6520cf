/** Stores, and who works where in which role. */
import { z } from 'zod';
import { role } from './identity.ts';
import { instant, opaqueId, typedText } from './wire.ts';

/**
 * Why somebody has no customers, in the order in which one looks: has left; not among those who may have customers (permission or visible range); the sync
 * has not come that far; WeCom refused to say; there are none.
 */
export const noCustomersBecause = z.enum(['left', 'not_allowed', 'not_read_yet', 'refused', 'none_yet']);
export type NoCustomersBecause = z.infer<typeof noCustomersBecause>;

export const person = z.object({
  userId: opaqueId,
  name: z.string(),
  alias: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  position: z.string().nullable(),
  departments: z.array(z.string()),
  store: z.object({ storeId: opaqueId, name: z.string() }).nullable(),
  /** Set here; a sync leaves it. */
  storeByHand: z.boolean(),
  role,
  roleByHand: z.boolean(),
  /** Customers whose contact this person is now. */
  customers: z.number().int(),
  /** Only for somebody without customers. `said`: WeCom's words. */
  withoutCustomers: z.object({ because: noCustomersBecause, said: z.string().nullable() }).nullable(),
  leftAt: instant.nullable(),
});
export type Person = z.infer<typeof person>;

/** GET /api/admin/people: by store, then by id; keyset paging. A manager sees the own store. `storeId` `none`: whoever belongs to no store. */
export const peopleQuery = z.object({
  q: typedText(60).default(''),
  storeId: opaqueId.optional(),
  role: role.optional(),
  left: z.stringbool().default(false),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const peoplePage = z.object({ people: z.array(person), nextCursor: z.string().nullable(), total: z.number().int() });
export type PeoplePage = z.infer<typeof peoplePage>;

/** PUT /api/admin/people/{userId}. What is left out stays. `as_wecom`: what WeCom says, now and after every sync. `storeId` null: no store. */
export const changePersonBody = z.strictObject({
  role: z.union([role, z.literal('as_wecom')]).optional(),
  store: z.union([z.strictObject({ storeId: opaqueId.nullable() }), z.literal('as_wecom')]).optional(),
});
export type ChangePerson = z.infer<typeof changePersonBody>;

export const store = z.object({
  storeId: opaqueId,
  name: z.string(),
  region: z.string().nullable(),
  /** Null: made here, or its department is gone at WeCom. */
  departmentId: opaqueId.nullable(),
  /** Name and region were set here; a sync leaves them. */
  byHand: z.boolean(),
  people: z.number().int(),
});
export type Store = z.infer<typeof store>;

/** GET /api/admin/stores. */
export const storeList = z.object({ stores: z.array(store) });
export type StoreList = z.infer<typeof storeList>;

/** POST /api/admin/stores, PUT /api/admin/stores/{storeId}. DELETE …: only one that was made here and is empty, else 409 `store.in_use`; two of one name are 409 `store.exists`. */
export const storeBody = z.strictObject({
  name: typedText(30).refine((text) => text.trim() !== '', {
    message: '名字不能空着。',
    params: { en: 'The name cannot be empty.' },
  }),
  region: typedText(30).nullable(),
});
export type StoreBody = z.infer<typeof storeBody>;
/** What is not named stays as it is. */
const storeChange = storeBody.partial();
export type StoreChange = z.infer<typeof storeChange>;
/** `asWeCom`: the name and region of its department again, now and after every sync. */
export const changeStoreBody = z.union([storeChange, z.strictObject({ asWeCom: z.literal(true) })]);

/** What a role decides. `customers`: whose it sees; fixed. `seesMobiles`: in full or `138****0101`; GET and PUT /api/admin/role-rules. */
export const roleRule = z.object({ role, customers: z.enum(['own', 'store', 'all']), seesMobiles: z.boolean() });
export const roleRuleList = z.object({ rules: z.array(roleRule) });
export type RoleRuleList = z.infer<typeof roleRuleList>;
export const setRoleRuleBody = z.strictObject({ seesMobiles: z.boolean() });
