import type { Message as StoredMessage } from '../../src/world/message.ts';

/** A message as `GET /_sim/chats/{staff}/{chat}/messages` gives it: with its time as a text, and the face of who sent it. */
export type Message = ViewOf<StoredMessage>;
type ViewOf<Stored> = Stored extends StoredMessage
  ? Omit<Stored, 'at' | 'sender' | 'mediaId'> & { at: string; sender: { id: string; name: string; avatar: string } }
  : never;

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
