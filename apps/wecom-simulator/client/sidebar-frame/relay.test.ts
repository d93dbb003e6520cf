import { expect, test } from 'vitest';
import { invocation, sidebarAddress } from './relay.ts';

const call = { sim: 1, kind: 'invoke', id: 7, name: 'getContext', json: '{}', href: 'http://localhost:7320/sidebar/' };

test('a bridge call is taken as it is', () => {
  expect(invocation(call)).toEqual({ id: 7, name: 'getContext', json: '{}', href: 'http://localhost:7320/sidebar/' });
});

test('anything else that is posted to the page is not a bridge call', () => {
  for (const other of [
    null,
    'hello',
    7,
    {},
    { ...call, sim: 2 },
    { ...call, kind: 'result' },
    { ...call, id: '7' },
    { ...call, json: {} },
  ]) {
    expect(invocation(other)).toBeUndefined();
  }
});

test('the sidebar is entered through the webview with the staff member and the page', () => {
  expect(sidebarAddress('http://localhost:7320', '/sidebar/', '小 a&b')).toBe(
    'http://localhost:7320/_webview/enter?staff=%E5%B0%8F+a%26b&to=%2Fsidebar%2F',
  );
});
