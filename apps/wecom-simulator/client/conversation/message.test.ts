import { expect, test } from 'vitest';
import { endsOfSidebarRuns, fileKind, groupMessages, type Message } from './message.ts';

const minute = 60_000;
const said = (at: number): Message => ({
  id: `m${at}`,
  from: 'customer',
  msgtype: 'text',
  text: '好',
  at: new Date(at).toISOString(),
  via: 'hand',
  sender: { id: 'wmA', name: '林小姐', avatar: '' },
  delivered: true,
});

test('a new time stands only where more than five minutes have passed since the message before', () => {
  const groups = groupMessages([0, 4 * minute, 9 * minute, 14 * minute + 1].map(said));
  expect(groups.map(({ at, messages }) => [Date.parse(at), messages.length])).toEqual([
    [0, 3],
    [14 * minute + 1, 1],
  ]);
});

test('no messages, no groups', () => {
  expect(groupMessages([])).toEqual([]);
});

test('a script of several parts is credited once, under its last part', () => {
  const byHand = said(0);
  const fromSidebar = (at: number, sender: string): Message => ({
    ...said(at),
    from: 'staff',
    via: 'sidebar',
    sender: { id: sender, name: sender, avatar: '' },
  });
  const messages = [byHand, fromSidebar(1, 'a'), fromSidebar(2, 'a'), fromSidebar(3, 'b'), said(4), fromSidebar(5, 'b')];
  expect([...endsOfSidebarRuns(messages)]).toEqual(['m2', 'm3', 'm5']);
});

test('a file is called by the end of its name', () => {
  expect(['护肤手册 2026.pdf', 'a.docx', 'README', '2026.6月价目'].map(fileKind)).toEqual(['PDF 文件', 'DOCX 文件', '文件', '文件']);
});
