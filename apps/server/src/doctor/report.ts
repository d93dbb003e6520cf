import { checkApp, checkCallableApp, checkSecret, checkTrustedIp } from './check-access.ts';
import {
  checkCallbackArrivals,
  checkCallbackUrl,
  checkJsDomain,
  checkMediaUpload,
  checkSignInDomain,
  checkTicket,
  checkVerifyFile,
} from './check-address.ts';
import { checkAuditLog, checkClock, checkDatabase, checkPublicUrl, checkSettings } from './check-server.ts';
import { checkContactPermission, checkCustomerSync, checkVisibleRange } from './check-staff.ts';
import { checkMediaReady, checkWrites } from './check-store.ts';
import type { Findings } from './findings.ts';
import type { Report } from './say.ts';

/** What was seen, as one sentence per thing to set up, in the order in which one sets them up. */
export function reportOf(findings: Findings): Report {
  return {
    checkedAt: findings.checkedAt,
    checks: [
      checkSettings(findings),
      checkDatabase(findings),
      checkPublicUrl(findings),
      checkSecret(findings),
      checkTrustedIp(findings),
      checkApp(findings),
      checkCallableApp(findings),
      checkContactPermission(findings),
      checkVisibleRange(findings),
      checkSignInDomain(findings),
      checkJsDomain(findings),
      ...checkVerifyFile(findings),
      checkCallbackUrl(findings),
      checkCallbackArrivals(findings),
      checkTicket(findings, 'corpTicket'),
      checkTicket(findings, 'agentTicket'),
      checkMediaUpload(findings),
      checkMediaReady(findings),
      checkWrites(findings),
      checkCustomerSync(findings),
      checkAuditLog(findings),
      checkClock(findings),
    ],
  };
}
