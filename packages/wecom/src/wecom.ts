import type {
  Agent,
  AppMessageResult,
  CorpTagGroup,
  CustomerPage,
  CustomerWithFollows,
  Department,
  StaffMember,
  StaffName,
  UploadedMedia,
  UserInfo,
} from './answers.ts';
import type { CallTerms } from './patience.ts';
import type { AppMessage, CorpTagEdit, CorpTagFilter, MediaUpload, NewCorpTags, RemarkChange, TagMarks, Welcome } from './requests.ts';

/** Every method throws WeComError; its `kind` says what to do. */
export type WeCom = {
  /** The same client, with the same token, limits and circuit breaker, for a caller who is in less of a hurry or whose time is limited. */
  onTerms(terms: CallTerms): WeCom;
  accessToken(): Promise<string>;
  /** `corp` signs `config`, `agent` signs `agentConfig`. One obtained longer ago than `renewIfOlderThanMs` is renewed as below. */
  jsTicket(of: 'corp' | 'agent', options?: { renewIfOlderThanMs?: number }): Promise<string>;
  /**
   * For a page whose signature WeCom's client refused (40093, 42012): another ticket, or the same when it is less than a minute old or
   * was renewed within the last minute. However many pages and processes ask, WeCom is asked at most once a minute and 30 times an hour.
   */
  renewRefusedTicket(of: 'corp' | 'agent'): Promise<string>;
  /** The app that the token belongs to. 301002 (config), 40056: the agent id is another one's. */
  agent(): Promise<Agent>;
  /** Who came back from OAuth. 40029, 42003, 42022 (caller): the code is wrong, too old or used. */
  userInfoByCode(code: string): Promise<UserInfo>;
  staff(userId: string): Promise<StaffMember>;
  /** Direct members; with `deep` those of the departments below as well. */
  staffOfDepartment(departmentId: string, options?: { deep?: boolean }): Promise<StaffMember[]>;
  /** As above, names only: needs fewer rights. */
  staffNamesOfDepartment(departmentId: string, options?: { deep?: boolean }): Promise<StaffName[]>;
  /** The department and all below it; all visible ones without an id. */
  departments(departmentId?: string): Promise<Department[]>;
  /** User ids of the staff who may have customers. */
  followUsers(): Promise<string[]>;
  /** The customer and everybody who follows them, over all pages. 84061 (eventual): no relation, or not yet. */
  customer(externalUserId: string): Promise<CustomerWithFollows>;
  /** External user ids; empty when this person has no customers. */
  customerIdsOf(staffUserId: string): Promise<string[]>;
  /** One page for up to 100 staff; `limit` ≤ 100. 701008 (config): none of them has a licence. */
  customersOfStaff(page: { staffUserIds: readonly string[]; cursor?: string | null; limit?: number }): Promise<CustomerPage>;
  corpTags(filter?: CorpTagFilter): Promise<CorpTagGroup[]>;
  /** The group with the new tags in it. */
  addCorpTag(tags: NewCorpTags): Promise<CorpTagGroup>;
  editCorpTag(edit: CorpTagEdit): Promise<void>;
  deleteCorpTags(which: CorpTagFilter): Promise<void>;
  /**
   * Does nothing when both lists are empty. 40068 (caller): no such tag. Never tried again here: after `transient` without `retryAfterMs`
   * nobody knows whether it was done, so look at the customer before you repeat it.
   */
  markTags(marks: TagMarks): Promise<void>;
  setRemark(change: RemarkChange): Promise<void>;
  uploadMedia(upload: MediaUpload): Promise<UploadedMedia>;
  sendAppMessage(message: AppMessage): Promise<AppMessageResult>;
  sendWelcome(welcome: Welcome): Promise<void>;
};
