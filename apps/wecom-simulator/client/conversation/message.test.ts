import { expect, test } from 'vitest';
import { groupMessages, sizeLabel, type Message } from './message.ts';

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

test('a size is said in the unit a person would use', () => {
  expect([sizeLabel(820), sizeLabel(36_864), sizeLabel(2_516_582)]).toEqual(['820 B', '36 KB', '2.4 MB']);
});
