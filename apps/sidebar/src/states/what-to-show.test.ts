import { expect, test } from 'vitest';
import { bridgeFailure } from '../bridge/bridge-failure.ts';
import { noticeFor } from './notices.ts';
import { whatToShow, type Situation } from './what-to-show.ts';

const calm: Situation = {
  where: { kind: 'customer', externalUserId: 'wm-lin' },
  hasPanel: false,
  failure: null,
  online: true,
  loggedOut: false,
  boot: { trustedHost: 'crm.suheng.example', agentId: '1000002' },
  href: 'https://crm.suheng.example/sidebar/',
};
const show = (change: Partial<Situation>) => whatToShow({ ...calm, ...change });
const noticeOf = (change: Partial<Situation>) => {
  expect(show(change)).toBe('notice');
  return noticeFor({ ...calm, ...change });
};
const refused = (errMsg: string): Partial<Situation> => ({ where: { kind: 'refused', failure: bridgeFailure({ errMsg }) } });

test('while WeCom or the server has not answered, the skeleton stands', () => {
  expect(show({ where: { kind: 'asking' } })).toBe('loading');
  expect(show({})).toBe('loading');
});

test('a panel that is known stays, whatever the network does', () => {
  expect(show({ hasPanel: true, online: false, failure: { status: 0, code: '', message: '' } })).toBe('panel');
});

test('an untrusted domain names the host and lets the guide copy it for the admin', () => {
  const notice = noticeOf(refused('agentConfig:invalid url domain'));
  expect(notice.fix?.value).toBe('crm.suheng.example');
  expect(notice.copy?.text).toContain('crm.suheng.example');
  expect(notice.copy?.text).toContain('invalid url domain');
  expect(notice.raw).toBe('agentConfig:invalid url domain');
  expect(notice.retry).toEqual({ label: '重试', how: 'bridge', filled: true });
});

test('a bad signature and a missing permission each say what to change', () => {
  expect(noticeOf(refused('agentConfig:invalid signature')).fix?.value).toBe('AgentId 1000002');
  expect(noticeOf(refused('getCurExternalContact:fail no permission')).fix?.path).toContain('可调用接口的应用');
});

test('a refusal that nobody has seen before still shows its words', () => {
  expect(noticeOf(refused('getContext:fail something new')).raw).toBe('getContext:fail something new');
});

test('a customer of somebody else is described without saying whose', () => {
  expect(noticeOf({ failure: { status: 404, code: 'customer.not_found', message: '' } }).headline).toBe('你还没有加这位客户');
});

const headline = (status: number, online = true) => noticeOf({ failure: { status, code: '', message: '数据库忙。' }, online }).headline;

test('no permission, no server, no network and a broken answer are four different things', () => {
  expect(headline(403)).toBe('你还没有开通');
  expect(headline(0)).toBe('连不上服务器');
  expect(headline(0, false)).toBe('网络断了');
  expect(headline(503)).toBe('资料没读出来');
});

test('a plain browser, a group chat and a page without a chat say where to go', () => {
  expect(noticeOf({ where: { kind: 'browser' } }).copy?.text).toBe(calm.href);
  expect(noticeOf({ where: { kind: 'group' } }).headline).toBe('这里是群聊');
  expect(noticeOf({ where: { kind: 'elsewhere' } }).retry?.how).toBe('bridge');
});

test('while a session is renewed nothing is said of it', () => {
  expect(show({ failure: { status: 401, code: '', message: '' } })).toBe('loading');
});

test('an expired session beats everything else', () => {
  expect(noticeOf({ loggedOut: true, hasPanel: true }).retry?.how).toBe('login');
});
