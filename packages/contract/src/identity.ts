import { z } from 'zod';
import { instant, opaqueId } from './wire.ts';

export const role = z.enum(['guide', 'manager', 'operator', 'admin', 'auditor']);
export type Role = z.infer<typeof role>;

/** The four values `ww.register` needs; made by the server for one page URL. `timestamp` in seconds. */
export const jsSignature = z.object({
  url: z.string(),
  timestamp: z.number().int(),
  nonceStr: z.string(),
  signature: z.string(),
});
export type JsSignature = z.infer<typeof jsSignature>;

/**
 * Inlined into the sidebar's HTML as `<script type="application/json" id="nextline-boot">`, so that opening costs one API call.
 * `signature` is null when WeCom could not give a ticket just now: the page then asks `GET /api/sidebar/js-signature`.
 */
export const sidebarBoot = z.object({
  corpId: opaqueId,
  corpName: z.string(),
  agentId: z.string(),
  staff: z.object({ userId: opaqueId, name: z.string(), role, avatarUrl: z.string().nullable(), storeName: z.string().nullable() }),
  signature: jsSignature.nullable(),
  libraryVersion: z.string(),
  /** The host an admin must add to the trusted domains when the bridge refuses. */
  trustedHost: z.string(),
  serverTime: instant,
  timeZone: z.string(),
});
export type SidebarBoot = z.infer<typeof sidebarBoot>;

/** What somebody may do in the console. The server decides; the console hides what would be refused. */
export const permission = z.enum([
  'scripts.read',
  'scripts.write',
  'scripts.review',
  /** What belongs to the library as a whole: its folders, imports, media that go, what is missing. Not a store manager's. */
  'library.write',
  'customers.read',
  'customers.write',
  'customers.export',
  'customers.delete',
  /** See mobile numbers in full. */
  'customers.mobiles',
  'tags.write',
  'stages.write',
  'people.read',
  'people.write',
  'rules.write',
  'audit.read',
  'doctor.read',
  'sync.run',
]);
export type Permission = z.infer<typeof permission>;

/** Inlined into the console's HTML as `<script type="application/json" id="nextline-boot">`; also GET /api/admin/me after a new sign-in. */
export const adminBoot = z.object({
  corpId: opaqueId,
  corpName: z.string(),
  /** The address under which the server takes writes; the console moves there when it was opened under another. */
  publicUrl: z.string(),
  staff: z.object({
    userId: opaqueId,
    name: z.string(),
    role,
    avatarUrl: z.string().nullable(),
    storeId: opaqueId.nullable(),
    storeName: z.string().nullable(),
  }),
  permissions: z.array(permission),
  lastSyncedAt: instant.nullable(),
  scriptsInReview: z.number().int(),
  serverTime: instant,
  timeZone: z.string(),
});
export type AdminBoot = z.infer<typeof adminBoot>;
