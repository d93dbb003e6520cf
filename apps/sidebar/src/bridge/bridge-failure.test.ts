import { expect, test } from 'vitest';
import { BridgeFailure, bridgeFailure, reasonOf } from './bridge-failure.ts';

test.each([
  ['agentConfig:invalid url domain', 'domain'],
  ['agentConfig:invalid signature more info at https://open.work.weixin.qq.com/devtool/query?e=40093', 'signature'],
  ['agentConfig:fail', 'signature'],
  ['getCurExternalContact:fail no permission', 'permission'],
  ['openUserProfile:nopermission', 'permission'],
  ['sendChatMessage:permission denied', 'permission'],
  ['sendChatMessage:the permission value is offline verifying', 'permission'],
  ['sendChatMessage:function not exist', 'old_client'],
  ['getCurExternalContact:fail without context of external contact', 'no_context'],
  ['sendChatMessage:cancel', 'cancelled'],
  ['SDK Error: Aborted', 'aborted'],
  ['sendChatMessage:fail invalid imgUrl', 'unknown'],
])('%s is read as %s', (errMsg, reason) => {
  expect(reasonOf(errMsg)).toBe(reason);
});

test('whatever the SDK throws becomes a failure that keeps its own words', () => {
  expect(bridgeFailure({ errMsg: 'sendChatMessage:cancel', errCode: -1 })).toMatchObject({
    reason: 'cancelled',
    errMsg: 'sendChatMessage:cancel',
  });
  expect(bridgeFailure(new Error('SDK Error: Aborted'))).toMatchObject({ reason: 'aborted' });
  expect(bridgeFailure(undefined)).toMatchObject({ reason: 'unknown', errMsg: 'undefined' });
  const silent = new BridgeFailure('silent', 'no answer in 5 s');
  expect(bridgeFailure(silent)).toBe(silent);
});
