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
