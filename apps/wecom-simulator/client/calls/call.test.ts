import { expect, test } from 'vitest';
import { callNote, callTitle, outcome } from './call.ts';

test('a call is named the way a developer looks for it', () => {
  expect(callTitle({ kind: 'api', method: 'POST', path: 'cgi-bin/media/upload' })).toBe('POST /media/upload');
  expect(callTitle({ kind: 'js', method: 'JS', path: 'bridge/sendChatMessage' })).toBe('JS sendChatMessage');
  expect(callTitle({ kind: 'page', method: 'GET', path: 'connect/oauth2/authorize' })).toBe('页面 oauth2/authorize');
});

test('what can be tried again is amber, what cannot is red, and a person who cancels is no failure', () => {
  expect(outcome({ kind: 'api', errcode: 0, errmsg: 'ok', status: 200 })).toBe('ok');
  expect(outcome({ kind: 'api', errcode: 45009, errmsg: 'api freq out of limit', status: 200 })).toBe('warn');
  expect(outcome({ kind: 'api', errcode: 40001, errmsg: 'invalid credential', status: 200 })).toBe('bad');
  expect(outcome({ kind: 'api', errcode: 0, errmsg: '', status: 503 })).toBe('bad');
  expect(outcome({ kind: 'js', errcode: -1, errmsg: 'sendChatMessage:cancel', status: 200 })).toBe('warn');
  expect(outcome({ kind: 'js', errcode: -1, errmsg: 'getContext:fail no permission', status: 200 })).toBe('bad');
});

test('a good call says how long it took, a bad one why', () => {
  expect(callNote({ kind: 'api', errcode: 0, errmsg: 'ok', status: 200, ms: 38 })).toBe('38 ms');
  expect(callNote({ kind: 'api', errcode: 45009, errmsg: 'api freq out of limit', status: 200, ms: 2 })).toBe(
    '45009 api freq out of limit',
  );
  expect(callNote({ kind: 'api', errcode: 0, errmsg: '', status: 0, ms: 2 })).toBe('连接断了');
  expect(callNote({ kind: 'js', errcode: -1, errmsg: 'getContext:fail no permission', status: 200, ms: 2 })).toBe('fail no permission');
});
