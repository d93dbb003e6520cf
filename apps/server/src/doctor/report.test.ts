import { expect, test } from 'vitest';
import type { Findings } from './findings.ts';
import { printReport } from './print-report.ts';
import { reportOf as neutralReportOf } from './report.ts';
import { reportInWords } from './say.ts';

const reportOf = (findings: Findings) => reportInWords(neutralReportOf(findings), 'zh-CN');

/** Everything as it should be at a real corp. */
const well: Findings = {
  checkedAt: new Date('2026-11-22T06:00:00Z'),
  settings: { wrong: [], sentences: [] },
  publicUrl: 'https://nextline.example.com',
  agentId: '1000002',
  publicWeCom: true,
  database: { kind: 'ready' },
  store: {
    lastCallbackAt: new Date('2026-11-22T05:00:00Z'),
    inbox: { waiting: 3, oldestSeconds: 2, dead: 0 },
    sentFromSidebarLately: true,
    sync: { finished: true, phase: 'done', staffDone: 2, staffTotal: 2, customersStored: 9, reasons: {}, failure: null },
    media: { used: 3, ready: 3, failing: [] },
    remembered: [],
    unsureWrites: 0,
    audit: { checked: 12, faults: [] },
  },
  secret: { got: true },
  secretAskedAgainAt: null,
  token: 'new',
  agent: { got: { agentId: '1000002', name: '下一句', closed: false, signInDomain: 'nextline.example.com' } },
  followUsers: { got: ['zhou', 'lu'] },
  staff: { asked: [{ staffUserId: 'zhou', name: '周以宁', answer: { got: 'active' } }], leftOut: 0 },
  corpTicket: { got: true },
  agentTicket: { got: true },
  media: { got: true },
  refusedAddresses: [],
  addressPassed: true,
  clockAheadSeconds: 0.4,
  signInRefused: false,
  callback: { kind: 'answered', ms: 40 },
  verifyFile: null,
};
const failed = (findings: Findings) =>
  reportOf(findings)
    .checks.filter((check) => check.state !== 'ok')
    .map((check) => `${check.id}: ${check.sentence}`);

test('a corp where everything is right is green from the first line to the last', () => {
  expect(failed(well)).toEqual([]);
});

const stateOfAddress = (findings: Findings) => reportOf(findings).checks.find((check) => check.id === 'public_url')?.state;

test("the public address of Tencent's WeCom must be https, a domain, and without a port; a private one need not", () => {
  const refused = [
    'http://nextline.example.com',
    'https://203.0.113.7',
    'https://[2001:db8::1]',
    'https://intranet',
    'https://nextline.example.com:8443',
  ];
  expect(refused.filter((publicUrl) => stateOfAddress({ ...well, publicUrl }) !== 'failed')).toEqual([]);
  expect(stateOfAddress({ ...well, publicUrl: 'http://localhost:7320', publicWeCom: false })).toBe('ok');
});

const { store: wellStored } = well;
const withStore = (store: Partial<NonNullable<Findings['store']>>): Findings => ({
  ...well,
  store: wellStored && { ...wellStored, ...store },
});

test('callbacks that came and that nobody works on, or that were given up, are told beside the last that came', () => {
  expect(failed(withStore({ inbox: { waiting: 40, oldestSeconds: 1_800, dead: 2 } }))).toEqual([
    expect.stringMatching(/^callback_arrivals: 最近一次：.+。收到了 40 条还没有处理，最早的等了 30 分钟。$/),
  ]);
  const dead = reportOf(withStore({ inbox: { waiting: 0, oldestSeconds: 0, dead: 2 } })).checks.find(
    ({ id }) => id === 'callback_arrivals',
  );
  expect(dead).toMatchObject({
    state: 'unknown',
    sentence: expect.stringContaining('有 2 条试了多次没有处理成'),
    fix: expect.stringContaining('全部再试'),
  });
});

test('whoever left while the customers were being read is nothing to repair, and nobody who simply has none', () => {
  const reasons = { zhou: { code: 'left' as const }, lu: { code: 'none_yet' as const } };
  const sync = { finished: true, phase: 'done' as const, staffDone: 2, staffTotal: 2, customersStored: 9, reasons, failure: null };
  const report = reportOf(withStore({ sync }));
  expect(report.checks.find(({ id }) => id === 'customer_sync')).toMatchObject({ state: 'ok', detail: ['1 位还没有客户：lu'] });
});

test('an address that is banned, or turned away with the secret, is not taken for a wrong secret; an upload alone that gets no answer is told apart from a WeCom that is away', () => {
  const said = { said: 'no' };
  expect(failed({ ...well, secret: { refused: 45009, ...said }, token: 'kept' })).toEqual([
    expect.stringMatching(/^secret: 企业微信封了这个 IP/),
  ]);
  const turnedAway = { ...well, secret: { refused: 60020, ...said }, token: 'kept' as const, refusedAddresses: ['198.51.100.7'] };
  expect(failed(turnedAway)).toEqual([
    'secret: 现在测不到：服务器的 IP 被企业微信挡住了。',
    expect.stringMatching(/^trusted_ip: 有的请求被挡.*198\.51\.100\.7/),
  ]);
  expect(failed({ ...well, media: { silent: 'no answer' } })).toEqual(['media_upload: 企业微信答了别的，只有上传图片没有应答。']);
});

test('a server that finds the question too old is told from one with another key', () => {
  expect(failed({ ...well, callback: { kind: 'stale' } })).toEqual([
    'callback_url: https://nextline.example.com/wecom/callback 认为刚才的提问早就过期了：这台机器的时钟比服务那边慢十分钟以上。',
  ]);
});

test('a callback that answers right but after more than a second is not good enough for WeCom', () => {
  expect(failed({ ...well, callback: { kind: 'answered', ms: 1_400 } })).toEqual([
    'callback_url: https://nextline.example.com/wecom/callback 答得太慢（1400 毫秒，企业微信只等 1 秒）。',
  ]);
});

test('a first sync under way is not a failure, one that is stuck is', () => {
  const sync = { finished: false, phase: 'customers' as const, staffDone: 1, staffTotal: 2, customersStored: 5, reasons: {} };
  const state = (failure: string | null) =>
    reportOf({ ...well, store: well.store && { ...well.store, sync: { ...sync, failure } } }).checks.find(
      (check) => check.id === 'customer_sync',
    )?.state;
  expect(state(null)).toBe('unknown');
  expect(state('/cgi-bin/user/list: 60011 …')).toBe('failed');
});

test('an app that is switched off is named by its name', () => {
  expect(
    failed({ ...well, agent: { got: { agentId: '1000002', name: '下一句', closed: true, signInDomain: 'nextline.example.com' } } }),
  ).toEqual(['app: 应用「下一句」被停用了。']);
});

test('on paper the columns stand under one another, without a colour, and a fix has its arrow', () => {
  const lines = printReport(reportOf({ ...well, secret: { refused: 40001, said: 'invalid credential' } }), {
    colour: false,
    language: 'zh-CN',
  });
  const columns = lines.filter((line) => /^[✓✗?] /.test(line)).map((line) => /^(. \S+(?: \S+)?\s{2,})/.exec(line)?.[1] ?? '');
  const widths = columns.map((text) => [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e80 ? 2 : 1), 0));
  expect(new Set(widths).size).toBe(1);
  expect(lines.join('\n')).not.toContain('\u001b');
  const secret = lines.findIndex((line) => line.startsWith('✗ Secret'));
  expect(lines[secret + 1]?.trim()).toBe('→ 从企业微信管理后台「应用管理 → 自建 → 本应用 → Secret」重新复制到 WECOM_SECRET，再重启服务。');
  expect(lines.at(-1)).toBe('21 项：20 项好的，1 项要改，0 项没测到。');
});

const gone = (seq: number) => ({ kind: 'missing' as const, fromSeq: seq, toSeq: seq });

test('an entry of the audit log that somebody took away is the first thing that the report says about it', () => {
  const store = well.store && { ...well.store, audit: { checked: 9, faults: [gone(4), gone(7)] } };
  expect(failed({ ...well, store })).toEqual(['audit_log: 操作记录不完整，查出 2 处：第 4 条不见了。']);
});
