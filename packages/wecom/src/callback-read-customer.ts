import type { ChatEvent, CustomerEvent, TagEvent } from './callback-event-kinds.ts';
import type { EventFields } from './callback-fields.ts';

/** `change_external_contact`. Null when the change is one we do not know. */
export function readCustomerEvent(changeType: string | null, fields: EventFields): CustomerEvent | null {
  const relation = () => ({ staffUserId: fields.required('UserID'), externalUserId: fields.required('ExternalUserID') });
  const welcomeCode = fields.optional('WelcomeCode');
  switch (changeType) {
    case 'add_external_contact':
      return { kind: 'customer.added', ...relation(), state: fields.optional('State'), welcomeCode };
    case 'add_half_external_contact':
      return { kind: 'customer.halfAdded', ...relation(), state: fields.optional('State'), welcomeCode };
    case 'edit_external_contact':
      return { kind: 'customer.edited', ...relation() };
    case 'del_external_contact':
      return { kind: 'customer.removedByStaff', ...relation(), byTransfer: fields.text('Source') === 'DELETE_BY_TRANSFER' };
    case 'del_follow_user':
      return { kind: 'customer.removedByCustomer', ...relation() };
    case 'transfer_fail':
      return { kind: 'customer.transferFailed', ...relation(), reason: transferFailure(fields.text('FailReason')) };
    case 'msg_audit_approved':
      return { kind: 'customer.archiveAgreed', ...relation(), welcomeCode };
    default:
      return null;
  }
}

function transferFailure(reason: string) {
  if (reason === 'customer_refused') return 'customerRefused';
  return reason === 'customer_limit_exceed' ? 'customerLimitExceeded' : 'unknown';
}

type ChatUpdate = Extract<ChatEvent, { kind: 'chat.updated' }>;

const chatChanges = new Map<string, ChatUpdate['change']>([
  ['add_member', 'memberAdded'],
  ['del_member', 'memberLeft'],
  ['change_owner', 'ownerChanged'],
  ['change_name', 'renamed'],
  ['change_notice', 'noticeChanged'],
]);
// Documented are 0 and 3; the official samples also show the 1 and 2 of `groupchat/get`.
const waysToJoin = new Map<string, ChatUpdate['joinedBy']>([
  ['0', 'invitation'],
  ['1', 'invitation'],
  ['2', 'link'],
  ['3', 'code'],
]);
const waysToLeave = new Map<string, ChatUpdate['leftBy']>([
  ['0', 'self'],
  ['1', 'removal'],
]);

/** `change_external_chat`. Null when the change is one we do not know. */
export function readChatEvent(changeType: string | null, fields: EventFields): ChatEvent | null {
  switch (changeType) {
    case 'create':
      return { kind: 'chat.created', chatId: fields.required('ChatId') };
    case 'dismiss':
      return { kind: 'chat.dismissed', chatId: fields.required('ChatId') };
    case 'update': {
      const detail = fields.text('UpdateDetail');
      const listed = fields.texts('MemChangeList', 'Item');
      return {
        kind: 'chat.updated',
        chatId: fields.required('ChatId'),
        change: chatChanges.get(detail) ?? 'unknown',
        joinedBy: (detail === 'add_member' && waysToJoin.get(fields.text('JoinScene'))) || null,
        leftBy: (detail === 'del_member' && waysToLeave.get(fields.text('QuitScene'))) || null,
        memberCount: fields.number('MemChangeCnt'),
        // Older deliveries carry one text, joined by commas.
        memberIds: listed.length > 0 ? listed : fields.commaList('MemChangeList'),
        previousVersion: fields.optional('LastMemVer'),
        version: fields.optional('CurMemVer'),
      };
    }
    default:
      return null;
  }
}

/** `change_external_tag`. Null when the change is one we do not know. */
export function readTagEvent(changeType: string | null, fields: EventFields): TagEvent | null {
  const strategyId = fields.optional('StrategyId');
  const which = () => ({ id: fields.required('Id'), of: fields.text('TagType') === 'tag_group' ? 'group' : 'tag', strategyId }) as const;
  switch (changeType) {
    case 'create':
      return { kind: 'tag.created', ...which() };
    case 'update':
      return { kind: 'tag.changed', ...which() };
    case 'delete':
      return { kind: 'tag.deleted', ...which() };
    case 'shuffle':
      return { kind: 'tag.reordered', groupId: fields.optional('Id'), strategyId };
    default:
      return null;
  }
}
