import type { Agent, StaffStatus } from '@nextline/wecom';
import type { AuditFault } from '../audit/verify-audit.ts';
import type { MediaReadiness } from '../scripts/media-now.ts';
import type { InboxProgress } from '../wecom-callback/inbox-progress.ts';
import type { WeComAnswer } from '../wecom-sync/remember-answers.ts';
import type { SyncProgress } from '../wecom-sync/sync-progress.ts';

/** What became of one question to WeCom. `silent`: nobody answered. `notAsked`: it would have been in vain. */
export type Answer<T> = { got: T } | { refused: number; said: string } | { silent: string } | { notAsked: NotAsked };

export type NotAsked = 'settings' | 'no_token' | 'address' | 'wecom_away' | 'out_of_time';

/** A member of staff who has customers, or may have them. */
export type ExpectedStaff = { staffUserId: string; name: string };
export type StaffFinding = ExpectedStaff & { answer: Answer<StaffStatus> };

export type DatabaseFinding =
  | { kind: 'ready' }
  | { kind: 'not_set' }
  | { kind: 'away'; reason: string }
  | { kind: 'not_migrated' }
  /** The corp has no role here: the server has never been started with these settings. */
  | { kind: 'never_started' }
  | { kind: 'locked_out'; reason: string };

/** What our own store remembers; null when it could not be read. */
export type StoreFinding = {
  lastCallbackAt: Date | null;
  /** What became of those that came. */
  inbox: Pick<InboxProgress, 'waiting' | 'oldestSeconds' | 'dead'>;
  sentFromSidebarLately: boolean;
  sync: SyncProgress;
  media: MediaReadiness;
  /** What WeCom said the last time, for what it cannot be asked now. */
  remembered: WeComAnswer[];
  /** Changes of ours of which nobody can say whether WeCom has made them. */
  unsureWrites: number;
  /** Whether the newest entries of the audit log are whole: how many were read, and what is wrong. */
  audit: { checked: number; faults: AuditFault[] };
};

export type CallbackFinding =
  | { kind: 'answered'; ms: number }
  | { kind: 'silent'; reason: string }
  | { kind: 'refused'; status: number }
  /** The server takes a question of this moment for one of long ago. */
  | { kind: 'stale' }
  | { kind: 'wrong_text' }
  | { kind: 'not_asked' };

/** Everything that was seen. The report is made of this and nothing else. */
export type Findings = {
  checkedAt: Date;
  /** Names of the settings that are missing or wrong, and the sentence of each. */
  settings: { wrong: string[]; sentences: string[] };
  /** Null when the setting itself is wrong. */
  publicUrl: string | null;
  agentId: string;
  /** Tencent's own WeCom demands https and a registered domain; a simulated or private one does not. */
  publicWeCom: boolean;
  database: DatabaseFinding;
  store: StoreFinding | null;
  secret: Answer<true>;
  /** A refused secret is left alone until then, so that WeCom does not ban the address. */
  secretAskedAgainAt: Date | null;
  /** With which token the rest was asked: a new one, or the one that the server keeps. */
  token: 'new' | 'kept' | null;
  agent: Answer<Agent>;
  followUsers: Answer<string[]>;
  staff: { asked: StaffFinding[]; leftOut: number };
  corpTicket: Answer<true>;
  agentTicket: Answer<true>;
  media: Answer<true>;
  /** Addresses of ours that WeCom turned away with 60020, each once. */
  refusedAddresses: string[];
  /** At least one question with a token got past the check of addresses. */
  addressPassed: boolean;
  /** Our clock minus WeCom's, in seconds; null when WeCom said no time. */
  clockAheadSeconds: number | null;
  /** WeCom's sign-in page said that our domain is not trusted; it never says the opposite to a server. */
  signInRefused: boolean;
  callback: CallbackFinding;
  /** Only when a name was given. `found` null: nobody answered. */
  verifyFile: { name: string; found: boolean | null } | null;
};
