import { z } from 'zod';
import { instant } from './wire.ts';

/** `unknown`: it could not be tested; the sentence says why. */
export const doctorState = z.enum(['ok', 'failed', 'unknown']);
export type DoctorState = z.infer<typeof doctorState>;

/** One thing that a corp must set up. `code` names the sentence, in whatever language it is said; `fix` names the place in WeCom's console or on the server; `detail` is for whoever wants to know more. */
export const doctorCheck = z.object({
  id: z.enum([
    'settings',
    'database',
    'public_url',
    'secret',
    'trusted_ip',
    'app',
    'callable_app',
    'contact_permission',
    'visible_range',
    'customer_sync',
    'audit_log',
    'sign_in_domain',
    'js_domain',
    'verify_file',
    'callback_url',
    'callback_arrivals',
    'corp_ticket',
    'agent_ticket',
    'media_upload',
    'media_ready',
    'writes',
    'clock',
  ]),
  code: z.string(),
  title: z.string(),
  state: doctorState,
  sentence: z.string(),
  fix: z.string().nullable(),
  detail: z.array(z.string()),
});
export type DoctorCheck = z.infer<typeof doctorCheck>;

/** What the server says is said in one of these: in the console's API in what the header `x-language` names, else in Chinese. */
export const language = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof language>;

/** `GET /api/admin/doctor`: all checks, in the order in which one sets things up. For operators, admins and auditors only. */
export const doctorReport = z.object({ checkedAt: instant, checks: z.array(doctorCheck) });
export type DoctorReport = z.infer<typeof doctorReport>;
