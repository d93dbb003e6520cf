import type { Simulator } from '../simulator.ts';

/** One `WeixinJSBridge.invoke` of the page in the webview, as the client page passes it on. */
export interface BridgeCall {
  staff: string;
  /** The chat that is open beside the page: external_userid or chat_id; null when the page was opened elsewhere. */
  chat: string | null;
  entry: string;
  name: string;
  params: Record<string, unknown>;
  href: string;
}

/** What the SDK gets: `err_msg` ends in `:ok`, or says what is wrong. */
export type BridgeResult = { err_msg: string } & Record<string, unknown>;

export type BridgeFunction = (sim: Simulator, call: BridgeCall) => BridgeResult;

export function ok(call: BridgeCall, fields: Record<string, unknown> = {}): BridgeResult {
  return { err_msg: `${call.name}:ok`, ...fields };
}

export function refuse(call: BridgeCall, reason: string, fields: Record<string, unknown> = {}): BridgeResult {
  return { err_msg: `${call.name}:${reason}`, ...fields };
}

/** The address that signatures are made for. */
export function pageAddress(href: string): string {
  return href.split('#', 1)[0] ?? '';
}

/** Entries beside a one-to-one chat with a customer. */
export const singleEntries = ['single_chat_tools', 'contact_profile', 'chat_attachment'];
export const groupEntries = ['group_chat_tools'];
/** Only beside a chat may a page put something into it. */
export const sendingEntries = ['single_chat_tools', 'group_chat_tools', 'chat_attachment'];
