import { expect, test } from 'vitest';
import { readSelection, selectionAddress } from './selection.ts';

test('the address names the guide and the chat', () => {
  expect(readSelection('?staff=linwan&chat=wmA0%2Bx')).toEqual({ staff: 'linwan', chat: 'wmA0+x' });
});

test('without parameters the first guide opens, and the chat is still to be chosen', () => {
  expect(readSelection('')).toEqual({ staff: 'zhouyining', chat: null });
  expect(readSelection('?staff=&chat=')).toEqual({ staff: 'zhouyining', chat: null });
});

test('an address made from a selection reads back as the same selection and keeps what else it carried', () => {
  const chosen = { staff: 'linwan', chat: 'wmA0+x/=' };
  const address = selectionAddress('http://localhost:7310/?staff=old&lang=zh#top', chosen);
  expect(address).toContain('lang=zh');
  expect(address.endsWith('#top')).toBe(true);
  expect(readSelection(new URL(address, 'http://localhost').search)).toEqual(chosen);
});

test('without a chat the parameter goes', () => {
  expect(selectionAddress('http://localhost:7310/?staff=a&chat=b', { staff: 'c', chat: null })).toBe('/?staff=c');
});
