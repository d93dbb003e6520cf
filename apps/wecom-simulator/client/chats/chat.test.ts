import { expect, test } from 'vitest';
import { chatsNamed, firstChat, lastLine, shownName, type Chat } from './chat.ts';

const chat = (fields: Partial<Chat>): Chat => ({
  chat: 'wmA',
  kind: 'single',
  name: 'Linda',
  remark: '',
  avatar: '',
  corp_label: '@微信',
  last: { from: 'customer', text: '', at: '2026-06-09T06:32:00.000Z' },
  unread: 0,
  relation: 'active',
  ...fields,
});

test('a remark stands for the person, the nickname only without one', () => {
  expect(shownName(chat({ remark: '林小姐' }))).toBe('林小姐');
  expect(shownName(chat({}))).toBe('Linda');
});

test('the last line says when it was us', () => {
  expect(lastLine(chat({ last: { from: 'staff', text: '好的', at: '2026-06-09T06:32:00.000Z' } }))).toBe('你：好的');
  expect(lastLine(chat({ last: { from: 'customer', text: '[图片]', at: '2026-06-09T06:32:00.000Z' } }))).toBe('[图片]');
  expect(lastLine(chat({ kind: 'group', last: { from: 'staff', text: '收到', at: '2026-06-09T06:32:00.000Z' } }))).toBe('收到');
  expect(lastLine(chat({}))).toBe('');
});

test('the chat that opens by itself is not that of the app, unless there is no other', () => {
  const app = chat({ chat: 'app1000002', kind: 'app' });
  expect(firstChat([app, chat({})])?.chat).toBe('wmA');
  expect(firstChat([app])).toBe(app);
  expect(firstChat([])).toBeUndefined();
});

test('a search finds the remark, the nickname and the exact id', () => {
  const chats = [chat({ remark: '林小姐' }), chat({ chat: 'wmB', name: '吴先生' })];
  expect(chatsNamed(chats, 'linda')).toEqual([chats[0]]);
  expect(chatsNamed(chats, ' 林 ')).toEqual([chats[0]]);
  expect(chatsNamed(chats, 'WMB')).toEqual([chats[1]]);
  expect(chatsNamed(chats, '')).toBe(chats);
});
