import type { AcquisitionEvent } from './callback-event-kinds.ts';
import type { EventFields } from './callback-fields.ts';

/** `customer_acquisition` (获客助手). Null when the change is one we do not know. */
export function readAcquisitionEvent(changeType: string | null, fields: EventFields): AcquisitionEvent | null {
  const link = () => ({ linkId: fields.required('LinkId') });
  switch (changeType) {
    case 'balance_low':
      return { kind: 'acquisition.balanceLow' };
    case 'balance_exhausted':
      return { kind: 'acquisition.balanceExhausted' };
    case 'balance_increased':
      return { kind: 'acquisition.balanceIncreased' };
    case 'quota_expire_soon':
      return { kind: 'acquisition.quotaExpiring', expiresAt: fields.instant('ExpireTime'), quota: fields.number('ExpireQuotaNum') };
    case 'link_unavailable':
      return { kind: 'acquisition.linkUnavailable', ...link() };
    case 'delete_link':
      return { kind: 'acquisition.linkDeleted', ...link() };
    case 'open_profile':
      return { kind: 'acquisition.profileOpened', ...link(), state: fields.optional('State') };
    case 'friend_request':
      return { kind: 'acquisition.friendRequested', ...link(), state: fields.optional('State') };
    case 'customer_start_chat':
      return {
        kind: 'acquisition.chatStarted',
        ...link(),
        staffUserId: fields.required('UserID'),
        externalUserId: fields.required('ExternalUserID'),
      };
    case 'message_from_customer':
      return {
        kind: 'acquisition.customerWrote',
        ...link(),
        chatKey: fields.optional('ChatKey'),
        staffUserId: fields.optional('UserID'),
        externalUserId: fields.optional('ExternalUserID'),
      };
    default:
      return null;
  }
}
