import type { StaffEntry } from '../staff/staff.ts';

/** A line of `GET /_sim/chats?staff=`. */
export interface Chat {
  /** An external_userid, or the id of a group. */
  chat: string;
  kind: 'single' | 'group';
  name: string;
  remark: string;
  avatar: string;
  /** `@微信`, or the other corp's name; empty for colleagues. */
  corp_label: string;
  last: { from: 'staff' | 'customer'; text: string; at: number } | null;
  unread: number;
  relation: Relation | null;
}

/** What a staff member's WeCom keeps about a customer: the relation itself. */
export interface Relation {
  remark: string;
  tags: string[];
  state: string;
  add_way: number;
  created_at: number;
  ended_by: 'customer' | 'staff' | null;
}

export interface ChatList {
  staff: StaffEntry;
  chats: Chat[];
}

/** A remark stands for the person in the staff member's own lists, as in WeCom. */
export const shownName = (chat: Pick<Chat, 'name' | 'remark'>): string => chat.remark || chat.name;

/** `你：…` before what the staff member said last. */
export function lastLine({ last }: Pick<Chat, 'last'>): string {
  if (!last) return '';
  return last.from === 'staff' ? `你：${last.text}` : last.text;
}

/** Chats whose remark, nickname or id contains what was typed. */
export function chatsNamed(chats: Chat[], typed: string): Chat[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return chats;
  return chats.filter(({ name, remark, chat }) => [name, remark, chat].some((text) => text.toLowerCase().includes(wanted)));
}
