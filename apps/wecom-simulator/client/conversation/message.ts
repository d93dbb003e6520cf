/** A message as `GET /_sim/chats/{staff}/{chat}/messages` gives it. */
export type Message = MessageBody & {
  id: string;
  from: 'staff' | 'customer' | 'app';
  at: string;
  /** Typed by hand, put there by the sidebar, or sent by the API (a welcome message, a message of the app). */
  via: 'hand' | 'sidebar' | 'api';
  sender: { id: string; name: string; avatar: string };
  /** False when it never reached the customer, who had deleted the staff member. */
  delivered: boolean;
};

export type MessageBody =
  | { msgtype: 'text' | 'system'; text: string }
  | { msgtype: 'image' | 'video' | 'file'; url: string; fileName: string }
  | { msgtype: 'news'; news: { link: string; title: string; desc: string; imgUrl: string } }
  | { msgtype: 'miniprogram'; miniprogram: { appid: string; title: string; imgUrl: string; page: string } }
  | { msgtype: 'cards'; cards: AppCard[] };

/** An article of the app, or a notice with rows of facts. Without an address it opens nothing, or a mini-program. */
export interface AppCard {
  title: string;
  description: string;
  url: string;
  pictureUrl: string;
  rows: { key: string; value: string }[];
  foot: string;
}

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

/** Ids of the messages that end a run put there by one person from the sidebar: a script of several parts is credited once. */
export function endsOfSidebarRuns(messages: Message[]): Set<string> {
  const ends = messages.filter((message, n) => {
    const next = messages[n + 1];
    return message.via === 'sidebar' && !(next?.via === 'sidebar' && next.sender.id === message.sender.id);
  });
  return new Set(ends.map(({ id }) => id));
}

/** `PDF 文件`, by the end of its name. */
export function fileKind(fileName: string): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1];
  return ending ? `${ending.toUpperCase()} 文件` : '文件';
}
