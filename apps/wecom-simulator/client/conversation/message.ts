/** A message as `GET /_sim/chats/{staff}/{chat}/messages` gives it. */
export type Message = MessageBody & {
  id: string;
  from: 'staff' | 'customer';
  at: string;
  /** Typed by hand, put there by the sidebar, or sent by the API (a welcome message). */
  via: 'hand' | 'sidebar' | 'api';
  sender: { id: string; name: string; avatar: string };
  /** False when it never reached the customer, who had deleted the staff member. */
  delivered: boolean;
};

export type MessageBody =
  | { msgtype: 'text' | 'system'; text: string }
  | { msgtype: 'image' | 'video'; url: string; fileName: string }
  | { msgtype: 'file'; url: string; fileName: string; size?: number }
  | { msgtype: 'news'; news: { link: string; title: string; desc: string; imgUrl: string } }
  | { msgtype: 'miniprogram'; miniprogram: { appid: string; title: string; imgUrl: string; page: string } };

/** Messages that were said in one breath, under the time of the first. */
export interface MessageGroup {
  at: string;
  messages: Message[];
}

const BREATH = 5 * 60_000;

/** Groups messages (oldest first) so that a time stands where more than five minutes have passed. */
export function groupMessages(messages: Message[]): MessageGroup[] {
  const groups: MessageGroup[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const message of messages) {
    const group = groups.at(-1);
    const at = Date.parse(message.at);
    if (group && at - before <= BREATH) group.messages.push(message);
    else groups.push({ at: message.at, messages: [message] });
    before = at;
  }
  return groups;
}

/** `820 B`, `36 KB`, `2.4 MB`: how large a file is, in words a person uses. */
export function sizeLabel(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
