import { expect, test } from 'vitest';
import { hostAction } from './host-action.ts';

test('a chat with one customer opens, with several it does not', () => {
  expect(hostAction('openEnterpriseChat', { externalUserIds: 'wmA', userIds: '' })).toEqual({ does: 'open-chat', chat: 'wmA' });
  expect(hostAction('openEnterpriseChat', { externalUserIds: 'wmA;wmB' })).toBeUndefined();
  expect(hostAction('openEnterpriseChat', { userIds: 'zhouyining' })).toBeUndefined();
});

test('the profile of a customer is shown, by number or by text, and not that of a colleague', () => {
  expect(hostAction('openUserProfile', { type: 2, userid: 'wmA' })).toEqual({ does: 'show-profile', chat: 'wmA' });
  expect(hostAction('openUserProfile', { type: '2', userid: 'wmA' })).toEqual({ does: 'show-profile', chat: 'wmA' });
  expect(hostAction('openUserProfile', { type: 1, userid: 'zhouyining' })).toBeUndefined();
});

test('only web addresses are followed', () => {
  expect(hostAction('imagePreview', { current: 'http://localhost:7320/a.png' })).toEqual({
    does: 'show-picture',
    url: 'http://localhost:7320/a.png',
  });
  expect(hostAction('openDefaultBrowser', { url: 'https://example.com/' })).toEqual({ does: 'leave', url: 'https://example.com/' });
  expect(hostAction('openDefaultBrowser', { url: 'javascript:alert(1)' })).toBeUndefined();
  expect(hostAction('getContext', {})).toBeUndefined();
});
