import type { XmlFields } from './callback-xml.ts';

/** What every callback says about itself. `event` and `changeType` in WeCom's spelling, for the record. */
export type CallbackHead = {
  corpId: string;
  event: string;
  changeType: string | null;
  /** To the second. */
  occurredAt: Date | null;
  agentId: string | null;
};

type Relation = { staffUserId: string; externalUserId: string };

export type CustomerEvent =
  | ({ kind: 'customer.added' | 'customer.halfAdded'; state: string | null; welcomeCode: string | null } & Relation)
  | ({ kind: 'customer.edited' | 'customer.removedByCustomer' } & Relation)
  | ({ kind: 'customer.removedByStaff'; byTransfer: boolean } & Relation)
  /** `staffUserId` is the one who should have taken over. */
  | ({ kind: 'customer.transferFailed'; reason: 'customerRefused' | 'customerLimitExceeded' | 'unknown' } & Relation)
  | ({ kind: 'customer.archiveAgreed'; welcomeCode: string | null } & Relation);

export type ChatEvent =
  | { kind: 'chat.created' | 'chat.dismissed'; chatId: string }
  | {
      kind: 'chat.updated';
      chatId: string;
      change: 'memberAdded' | 'memberLeft' | 'ownerChanged' | 'renamed' | 'noticeChanged' | 'unknown';
      joinedBy: 'invitation' | 'link' | 'code' | null;
      leftBy: 'self' | 'removal' | null;
      memberCount: number | null;
      memberIds: string[];
      /** Apply only on top of this version; refetch the chat otherwise. */
      previousVersion: string | null;
      version: string | null;
    };

export type TagEvent =
  | { kind: 'tag.created' | 'tag.changed' | 'tag.deleted'; id: string; of: 'tag' | 'group'; strategyId: string | null }
  /** `groupId` null: the order of all groups. */
  | { kind: 'tag.reordered'; groupId: string | null; strategyId: string | null };

export type AcquisitionEvent =
  | { kind: 'acquisition.balanceLow' | 'acquisition.balanceExhausted' | 'acquisition.balanceIncreased' }
  | { kind: 'acquisition.quotaExpiring'; expiresAt: Date | null; quota: number | null }
  | { kind: 'acquisition.linkUnavailable' | 'acquisition.linkDeleted'; linkId: string }
  | { kind: 'acquisition.profileOpened' | 'acquisition.friendRequested'; linkId: string; state: string | null }
  | ({ kind: 'acquisition.chatStarted'; linkId: string } & Relation)
  /** `chatKey` lives 30 min. WeCom stopped naming the two people in December 2024. */
  | {
      kind: 'acquisition.customerWrote';
      linkId: string;
      chatKey: string | null;
      staffUserId: string | null;
      externalUserId: string | null;
    };

export type ContactEvent =
  | { kind: 'staff.created' | 'staff.deleted'; userId: string; departmentIds: string[] | null }
  | { kind: 'staff.updated'; userId: string; newUserId: string | null; departmentIds: string[] | null }
  | { kind: 'department.created' | 'department.updated' | 'department.deleted'; departmentId: string; parentId: string | null }
  | {
      kind: 'staffTag.updated';
      staffTagId: string;
      addedUserIds: string[];
      removedUserIds: string[];
      addedDepartmentIds: string[];
      removedDepartmentIds: string[];
    };

export type AppEvent =
  | { kind: 'app.subscribed' | 'app.unsubscribed' | 'app.entered'; userId: string }
  | {
      kind: 'card.clicked' | 'card.menuClicked';
      userId: string;
      key: string;
      taskId: string | null;
      cardType: string | null;
      /** Updates the card once within 72 h. */
      responseCode: string | null;
      selected: { question: string; optionIds: string[] }[];
    }
  | { kind: 'app.inactiveAlert'; effectiveAt: Date | null }
  | { kind: 'app.closedAsInactive' | 'app.reopened' | 'app.lowActiveAlert' | 'app.lowActive' | 'app.activeRestored' }
  /** New messages lie in the archive. */
  | { kind: 'archive.newMessages' }
  /** 微信客服: fetch with this token. */
  | { kind: 'customerService.newMessages'; token: string; openKfId: string };

/** Written by a staff member to the app. `messageId` tells repeats apart. */
export type MessageEvent =
  | { kind: 'message.text'; userId: string; messageId: string; text: string }
  | { kind: 'message.image'; userId: string; messageId: string; mediaId: string; pictureUrl: string | null }
  | { kind: 'message.voice' | 'message.video'; userId: string; messageId: string; mediaId: string }
  | { kind: 'message.location'; userId: string; messageId: string; latitude: number; longitude: number; label: string }
  | { kind: 'message.link'; userId: string; messageId: string; title: string; description: string; url: string };

/** Something WeCom added since, or something we have no use for: kept whole. */
export type UnknownEvent = { kind: 'unknown'; fields: XmlFields };

export type CallbackEvent = CallbackHead &
  (CustomerEvent | ChatEvent | TagEvent | AcquisitionEvent | ContactEvent | AppEvent | MessageEvent | UnknownEvent);
