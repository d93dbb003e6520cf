import type { StaffEntry } from '../staff/staff.ts';

/** A line of `GET /_sim/chats?staff=`. */
export interface Chat {
  /** An external_userid, the id of a group, or the app's chat. */
  chat: string;
  kind: 'single' | 'group' | 'app';
  name: string;
  remark: string;
  avatar: string;
  /** `@微信`, or the other corp's name; empty for colleagues. */
  corp_label: string;
  last: { from: 'staff' | 'customer' | 'app'; text: string; at: string };
  unread: number;
  relation: 'active' | 'deleted_by_customer' | 'deleted_by_staff';
  /** Groups only: the first faces, how many people, and whether all of them are colleagues. */
  member_avatars?: string[];
  members?: number;
  internal?: boolean;
}

/** What a staff member's WeCom keeps about a customer. */
export interface Relation {
  remark: string;
  /** ids */
  tags: string[];
  state: string;
  add_way: number;
  created_at: string;
}

export interface ChatList {
  staff: StaffEntry;
  chats: Chat[];
}

/** A remark stands for the person in the staff member's own lists, as in WeCom. */
export const shownName = (chat: Pick<Chat, 'name' | 'remark'>): string => chat.remark || chat.name;

/** `你：…` before what the staff member said last; in a group it may have been any colleague. */
export function lastLine({ last, kind }: Pick<Chat, 'last' | 'kind'>): string {
  return kind === 'single' && last.from === 'staff' && last.text ? `你：${last.text}` : last.text;
}

/** Which chat opens by itself: one with a sidebar beside it, where there is one. */
export const firstChat = (chats: Chat[]): Chat | undefined => chats.find(({ kind }) => kind !== 'app') ?? chats[0];

/** Chats whose remark, nickname or id contains what was typed. */
export function chatsNamed(chats: Chat[], typed: string): Chat[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return chats;
  return chats.filter(({ name, remark, chat }) => [name, remark, chat].some((text) => text.toLowerCase().includes(wanted)));
}
