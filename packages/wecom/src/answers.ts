/** Who an OAuth code belongs to. `userTicket` only for snsapi_privateinfo; `externalUserId` only for a customer whose follower is visible. */
export type UserInfo =
  | { kind: 'staff'; userId: string; userTicket?: string }
  | { kind: 'outsider'; openId: string; externalUserId?: string };

export type StaffStatus = 'active' | 'disabled' | 'notActivated' | 'left' | 'unknown';

export type StaffMember = {
  userId: string;
  name: string;
  alias: string;
  position: string;
  departmentIds: string[];
  mainDepartmentId: string | null;
  /** Of `departmentIds`, those that this person leads. */
  leaderOfDepartmentIds: string[];
  status: StaffStatus;
  /** WeCom gives it to apps made before June 2022 only. */
  avatarUrl: string | null;
};

export type StaffName = { userId: string; name: string; departmentIds: string[] };

/** Larger `order` comes first. The root has `parentId` null. */
export type Department = { departmentId: string; name: string; parentId: string | null; order: number; leaderUserIds: string[] };

export type Customer = {
  externalUserId: string;
  name: string;
  avatarUrl: string | null;
  /** A person on WeChat, or a colleague of another company on WeCom. */
  type: 'wechat' | 'wecom';
  gender: 'female' | 'male' | 'unknown';
  /** Only for WeChat users, and only when the corp has bound its WeChat developer id. */
  unionId: string | null;
  position: string | null;
  corpName: string | null;
  corpFullName: string | null;
};

/** `tagId` is null for a personal tag, which only has words. */
export type FollowTag = { tagId: string | null; name: string; groupName: string; kind: 'corp' | 'personal' | 'strategy' };

/** The relation staff–customer as WeCom reports it. */
export type Follow = {
  staffUserId: string;
  remark: string;
  description: string;
  remarkCorpName: string | null;
  mobiles: string[];
  followedAt: Date | null;
  /** Corp and strategy tags. */
  tagIds: string[];
  /** With names; empty when it came from `customersOfStaff`, where WeCom gives ids only. */
  tags: FollowTag[];
  /** WeCom's `add_way` code, 0 = unknown. */
  addWay: number;
  /** `state` of the channel code or link through which they met. */
  state: string | null;
  /** Who started it: a staff user id, or the external user id when the customer did. */
  startedBy: string | null;
  channels: { nickname: string; source: number } | null;
};

export type CustomerWithFollows = { customer: Customer; follows: Follow[] };

/** One page. `nextCursor` null = the end. `unlicensed`: staff whom WeCom skips for want of a licence. */
export type CustomerPage = { customers: { customer: Customer; follow: Follow }[]; nextCursor: string | null; unlicensed: string[] };

/** Larger `order` comes first. `deleted` shows only when asked for by id. */
export type CorpTag = { tagId: string; name: string; order: number; createdAt: Date | null; deleted: boolean };
export type CorpTagGroup = { groupId: string; name: string; order: number; createdAt: Date | null; deleted: boolean; tags: CorpTag[] };

/** The app as its console shows it. `signInDomain`: the host (and port) that OAuth may lead back to, empty when none is set. */
export type Agent = { agentId: string; name: string; closed: boolean; signInDomain: string };

/** WeCom forgets the file three days after `uploadedAt`. */
export type UploadedMedia = { mediaId: string; uploadedAt: Date };

/** Who did not get it, though others did. `responseCode`: for updating a template card, 72 h, once. */
export type AppMessageResult = {
  messageId: string;
  invalidUserIds: string[];
  invalidDepartmentIds: string[];
  invalidTagIds: string[];
  unlicensedUserIds: string[];
  responseCode: string | null;
};
