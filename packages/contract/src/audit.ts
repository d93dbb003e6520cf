/** Who viewed, exported, changed or sent what. */
import { z } from 'zod';
import { instant, isoDay, opaqueId, uuid } from './wire.ts';

/** `name`: as it is called now; null when it is gone, or has none. */
export const auditEntry = z.object({
  entryId: uuid,
  at: instant,
  /** Null: the system, or somebody at the server's command line. */
  who: z.object({ staffUserId: opaqueId, name: z.string().nullable() }).nullable(),
  /** `<noun>.<verb>`: `script.publish`, `customer.view`. */
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/**
 * `who`: a staff id. `what`: a noun (`customer`) or a whole action (`customer.view`). `subject`: an id. `from` and `until` are days of the corp, both included.
 * All of them hold together.
 */
export const auditFilter = z.object({
  who: opaqueId.optional(),
  what: z
    .string()
    .max(60)
    .regex(/^[a-z_]+(?:\.[a-z_]+)?$/)
    .optional(),
  subject: opaqueId.optional(),
  from: isoDay.optional(),
  until: isoDay.optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** GET /api/admin/audit: newest first, keyset paging. GET /api/admin/audit-export: the same filter, all of it as CSV; the export is itself an entry. */
export const auditQuery = auditFilter.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const auditPage = z.object({ entries: z.array(auditEntry), nextCursor: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPage>;

/** GET /api/admin/audit-check: whether the newest entries are whole. `faults`: one sentence each. */
export const auditCheck = z.object({ checked: z.number().int(), endsAt: z.number().int(), faults: z.array(z.string()) });
export type AuditCheck = z.infer<typeof auditCheck>;
