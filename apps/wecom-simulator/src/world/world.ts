import type { Message } from './message.ts';
/** Everything that the simulated WeCom knows. Times are milliseconds; ids are opaque strings, as in the real one. */
export interface World {
  corp: { corpId: string; name: string };
  app: { agentId: string; name: string; secret: string };
  callback: { url: string; token: string; aesKey: string };
  console: ConsoleSettings;
  departments: Department[];
  staff: Map<string, Staff>;
  people: Map<string, Person>;
  /** Keyed by `followKey`. A relation that has ended stays here with `endedAt`, until the pair meets again. */
  follows: Map<string, Follow>;
  tagGroups: TagGroup[];
  groupChats: Map<string, GroupChat>;
  /** Keyed by `followKey` for a customer and for the app's chat, by chat id for a group. Oldest first. */
  conversations: Map<string, Message[]>;
  /** Up to which message id a staff member has read, keyed like `conversations` with the staff id in front for groups. */
  readUpTo: Map<string, number>;
  channelCodes: ChannelCode[];
  /** What the app has sent to staff, oldest first. */
  appMessages: AppMessage[];
  /** The last number given to anything that needs a new id. */
  sequence: number;
}

/** What an administrator sets in WeCom's console for this app. */
export interface ConsoleSettings {
  /** Hosts with port, exact: 网页授权及JS-SDK. */
  trustedHosts: string[];
  /** 企业可信IP; null = every address is let in. */
  trustedIps: string[] | null;
  /** Where the product's calls seem to come from, in turn, as behind a gateway with several addresses; null = where they do come from. */
  egressIps: string[] | null;
  /** 客户联系 → 可调用接口的应用. */
  callable: boolean;
  /** 应用可见范围; null = everybody. */
  visibleStaff: string[] | null;
  /** Staff without 客户联系. */
  withoutCustomerContact: string[];
  /** Mini-programs linked to the corp; null = any that looks like an appid. */
  linkedMiniprograms: string[] | null;
  /** Staff without a licence for the API: they come back in `unlicensed_userid_list`; 701008 when nobody else was asked for. */
  unlicensedStaff: string[];
  /** No page holds more, whatever was asked for; null = as many as WeCom gives. */
  mostPerPage: number | null;
  /** The console has a welcome of its own: no event carries a WelcomeCode. */
  welcomesByItself: boolean;
  /** Calls to one API per minute, and per hour, before 45009. */
  callsPerMinute: number;
  callsPerHour: number;
}

export interface Department {
  id: number;
  name: string;
  parentId: number;
  order: number;
  leaders: string[];
}

export interface Staff {
  userid: string;
  name: string;
  position: string;
  departments: number[];
  isLeader: boolean;
  gender: Gender;
  mobile: string;
  avatar: string;
  /** 1 active, 2 disabled, 4 not activated, 5 left. */
  status: 1 | 2 | 4 | 5;
}

/** 0 unknown, 1 male, 2 female. */
export type Gender = 0 | 1 | 2;

export interface Person {
  externalUserid: string;
  name: string;
  avatar: string;
  /** 1 WeChat, 2 WeCom of another corp. */
  type: 1 | 2;
  gender: Gender;
  unionid: string | null;
  corpName: string | null;
  position: string | null;
}

export interface Follow {
  staff: string;
  externalUserid: string;
  remark: string;
  description: string;
  createdAt: number;
  tagIds: string[];
  remarkCorpName: string;
  remarkMobiles: string[];
  addWay: number;
  state: string;
  operUserid: string;
  /** The customer scanned a skip-verify code, and the staff member has not confirmed yet. */
  half: boolean;
  endedAt: number | null;
  endedBy: 'customer' | 'staff' | null;
}

export interface TagGroup {
  groupId: string;
  name: string;
  createdAt: number;
  order: number;
  /** An app may change only what it has made itself; an administrator made the seed's tags. */
  byApp: boolean;
  tags: Tag[];
}

export interface Tag {
  tagId: string;
  name: string;
  createdAt: number;
  order: number;
  byApp: boolean;
}

export interface GroupChat {
  chatId: string;
  name: string;
  owner: string;
  createdAt: number;
  staff: string[];
  customers: string[];
  /** A group of colleagues: it has no customers and no sidebar. */
  internal: boolean;
}

export interface ChannelCode {
  label: string;
  staff: string;
  state: string;
  addWay: number;
}

export interface AppMessage {
  id: string;
  to: string[];
  at: number;
  msgtype: string;
  /** The body as it was sent, under the name of its msgtype. */
  content: unknown;
}

/** The key of one relation and of its conversation. */
export function followKey(staff: string, externalUserid: string): string {
  return `${staff}\n${externalUserid}`;
}
