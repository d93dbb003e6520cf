import type { Message, MessageBody } from './message.ts';
import { followKey, type World } from './world.ts';

/** Appends a message to a chat with a customer or to a group, and returns it. */
export function appendMessage(
  world: World,
  chat: { staff: string; chat: string },
  message: MessageBody & Pick<Message, 'from' | 'sender' | 'at' | 'via'>,
): Message {
  const key = conversationKey(world, chat.staff, chat.chat);
  world.sequence += 1;
  const follow = world.follows.get(followKey(chat.staff, chat.chat));
  const kept: Message = {
    ...message,
    id: `msg${world.sequence}`,
    delivered: message.from === 'customer' || follow?.endedBy !== 'customer',
  };
  const conversation = world.conversations.get(key);
  if (conversation) conversation.push(kept);
  else world.conversations.set(key, [kept]);
  return kept;
}

export function conversation(world: World, staff: string, chat: string): Message[] {
  return world.conversations.get(conversationKey(world, staff, chat)) ?? [];
}

/** What others wrote and the staff member has not seen. */
export function unreadCount(world: World, staff: string, chat: string): number {
  const readUpTo = world.readUpTo.get(followKey(staff, chat)) ?? 0;
  return conversation(world, staff, chat)
    .slice(readUpTo)
    .filter((message) => message.sender !== staff).length;
}

export function markRead(world: World, staff: string, chat: string): void {
  world.readUpTo.set(followKey(staff, chat), conversation(world, staff, chat).length);
}

/** One line for a list of chats. */
export function summary(message: MessageBody): string {
  if (message.msgtype === 'text' || message.msgtype === 'system') return message.text.replaceAll(/\s+/g, ' ');
  if (message.msgtype === 'news') return `[链接] ${message.news.title}`;
  if (message.msgtype === 'miniprogram') return `[小程序] ${message.miniprogram.title}`;
  if (message.msgtype === 'cards') return message.cards[0]?.title ?? '';
  if (message.msgtype === 'file') return `[文件] ${message.fileName}`;
  return message.msgtype === 'image' ? '[图片]' : '[视频]';
}

/** In which a member of staff reads what the app sends. */
export function appChat({ app }: World): string {
  return `app${app.agentId}`;
}

function conversationKey(world: World, staff: string, chat: string): string {
  return world.groupChats.has(chat) ? chat : followKey(staff, chat);
}
