import type { DoctorCheck, DoctorReport } from '@nextline/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningSimulator } from '@nextline/wecom-simulator';
import { uuidv7 } from 'uuidv7';
import { staff } from '../identity/identity.table.ts';
import { touches } from '../sends/sends.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { syncRuns, wecomSecretRefusals } from '../wecom-sync/wecom-sync.table.ts';
import { syncStaff } from '../wecom-sync/sync-staff.ts';
import { type DoctorOptions, runDoctor } from './run-doctor.ts';

let shop: TestApp;
let simulator: RunningSimulator;
/** The server's own address is only known once it listens. */
let publicUrl: string;

beforeAll(async () => {
  shop = await startTestApp({ wecom: 'simulator', listen: true });
  if (!shop.simulator) throw new Error('the simulator was not started');
  simulator = shop.simulator;
  publicUrl = new URL(simulator.world.callback.url).origin;
});
afterAll(() => shop.close());
beforeEach(async () => {
  await post('/_sim/reset', {});
  await setConsole({ trusted_hosts: [new URL(publicUrl).host], callback: { url: `${publicUrl}/wecom/callback` } });
  await shop.deps.db.delete(wecomSecretRefusals);
  await shop.deps.db.delete(staff);
  await syncStaff(shop.deps);
});

/** The simulator's control API, as anybody outside would use it. */
async function post(path: string, body: object): Promise<void> {
  const answer = await fetch(simulator.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}
const setConsole = (switches: object) => post('/_sim/corp', switches);
const fault = (body: object) => post('/_sim/faults', body);
const noFaults = () => fetch(`${simulator.url}/_sim/faults`, { method: 'DELETE' });

const config = () => ({ ...shop.deps.config, publicUrl });
const examine = (settings: Partial<Parameters<typeof runDoctor>[0]> = {}, options: Partial<DoctorOptions> = {}) =>
  runDoctor({ config: config(), wrong: [], sentences: [], ...settings }, { clock: shop.clock, ...options });

const check = (report: DoctorReport, id: DoctorCheck['id']): DoctorCheck => {
  const found = report.checks.find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
};
const failures = (report: DoctorReport) => report.checks.filter((one) => one.state === 'failed').map((one) => one.id);
const everyone = () => [...simulator.world.staff.keys()];

test('a corp that is set up well has nothing to repair', async () => {
  const report = await examine();
  expect(failures(report)).toEqual([]);
  const untested = report.checks.filter((one) => one.state === 'unknown').map((one) => one.id);
  // Nobody has sent anything yet, WeCom has not called, and no full sync has run.
  expect(untested).toEqual(['js_domain', 'callback_arrivals', 'customer_sync']);
});

test('a wrong secret, one untrusted address, a missing callable app and an invisible guide are all named in one run', async () => {
  await shop.deps.wecom.accessToken();
  await setConsole({
    secret: 'somebody reset it',
    egress_ips: ['198.51.100.7', '198.51.100.8'],
    trusted_ips: ['198.51.100.8'],
    callable: false,
    visible_staff: everyone().filter((userid) => userid !== 'zhouyining'),
  });
  const report = await examine();
  expect(failures(report)).toEqual(['secret', 'trusted_ip', 'callable_app', 'visible_range']);
  expect(check(report, 'secret')).toMatchObject({ sentence: expect.stringContaining('40001'), fix: expect.stringContaining('→ Secret') });
  expect(check(report, 'trusted_ip')).toMatchObject({
    sentence: expect.stringContaining('198.51.100.7'),
    fix: expect.stringContaining('企业可信IP'),
  });
  expect(check(report, 'trusted_ip').sentence).not.toContain('198.51.100.8');
  expect(check(report, 'callable_app').fix).toContain('客户联系 → 可调用接口的应用');
  expect(check(report, 'visible_range')).toMatchObject({
    sentence: expect.stringContaining('周以宁（zhouyining）'),
    fix: expect.stringContaining('可见范围'),
  });
});

test('when every address is refused, what lies behind is not guessed: it says why, and where to look meanwhile', async () => {
  await shop.deps.wecom.accessToken();
  await setConsole({
    secret: 'somebody reset it',
    trusted_ips: ['203.0.113.9'],
    callable: false,
    visible_staff: everyone().filter((userid) => userid !== 'zhouyining'),
  });
  const report = await examine();
  expect(failures(report)).toEqual(['secret', 'trusted_ip']);
  expect(check(report, 'trusted_ip').sentence).toContain('127.0.0.1');
  for (const [id, place] of [
    ['callable_app', '可调用接口的应用'],
    ['visible_range', '可见范围'],
  ] as const)
    expect(check(report, id)).toMatchObject({
      state: 'unknown',
      sentence: '现在测不到：服务器的 IP 被企业微信挡住了。',
      fix: expect.stringContaining(place),
    });
  await setConsole({ trusted_ips: null });
  expect(failures(await examine())).toEqual(['secret', 'callable_app', 'visible_range']);
});

test('a wrong secret is tried once, and without a token that is kept the rest says that it cannot be tested', async () => {
  await setConsole({ secret: 'somebody reset it', revoke_tokens: true });
  const before = await callsOf('gettoken');
  const report = await examine();
  expect((await callsOf('gettoken')) - before).toBe(1);
  expect(failures(report)).toEqual(['secret']);
  expect(check(report, 'trusted_ip').state).toBe('unknown');
  expect(check(report, 'callable_app').sentence).toBe('现在测不到：Secret 没通过，存下的令牌也不能用了。');
});

test('a secret that was refused lately is not tried by a report that runs by itself, only when a person asks or the setting has changed', async () => {
  await setConsole({ secret: 'somebody reset it', revoke_tokens: true });
  const before = await callsOf('gettoken');
  for (let n = 0; n < 3; n += 1) expect(failures(await examine())).toEqual(['secret']);
  await expect(shop.deps.wecom.followUsers()).rejects.toMatchObject({ kind: 'config', errcode: 40001 });
  expect((await callsOf('gettoken')) - before).toBe(1);
  expect(failures(await examine({}, { askRefusedSecret: true }))).toEqual(['secret']);
  expect((await callsOf('gettoken')) - before).toBe(2);
  const changed = { ...config(), wecom: { ...config().wecom, secret: 'somebody reset it' } };
  expect(failures(await examine({ config: changed }))).toEqual([]);
  expect((await callsOf('gettoken')) - before).toBe(3);
});

async function callsOf(path: string): Promise<number> {
  const answer = await fetch(`${simulator.url}/_sim/calls?path=${path}&limit=5000`);
  const { calls }: { calls: { path: string }[] } = Object(await answer.json());
  return calls.filter((call) => call.path.endsWith(path)).length;
}

test('a corp id that WeCom does not know and an agent id of another app are told apart', async () => {
  const { wecom } = shop.deps.config;
  const stranger = await examine({ config: { ...config(), wecom: { ...wecom, agentId: '1' } } });
  expect(failures(stranger)).toEqual(['app']);
  expect(check(stranger, 'app').sentence).toContain('301002');
  const nobody = await examine({ config: { ...config(), wecom: { ...wecom, corpId: 'ww0' } } });
  expect(check(nobody, 'secret').fix).toContain('企业ID');
  expect(check(nobody, 'database').sentence).toBe('这家企业在数据库里还没有角色。');
});

test('a guide with customers who has lost the right to customer contact is named', async () => {
  await setConsole({ without_customer_contact: ['zhouyining'] });
  const report = await examine();
  expect(failures(report)).toEqual(['contact_permission']);
  expect(check(report, 'contact_permission')).toMatchObject({
    sentence: '周以宁（zhouyining）有客户，但没有客户联系权限。',
    fix: expect.stringContaining('使用范围'),
  });
  await setConsole({ without_customer_contact: everyone() });
  expect(check(await examine(), 'contact_permission').sentence).toContain('没有一位成员');
});

test('whose customers could not be read is named with the reason, who simply has none is not', async () => {
  const { db, config: own, clock } = shop.deps;
  const run = { corpId: own.wecom.corpId, runId: uuidv7(), startedAt: clock.now(), finishedAt: clock.now(), phase: 'done' as const };
  const position = { pendingStaff: [], batch: [], cursor: '' };
  const reasons = { zhouyining: '没有接口许可', xuanqi: '还没有客户' };
  await db.insert(syncRuns).values({ ...run, position, staffTotal: 24, staffDone: 24, reasons });
  const sync = check(await examine(), 'customer_sync');
  expect(sync).toMatchObject({ state: 'failed', sentence: '1 位成员的客户读不到：zhouyining。', detail: ['zhouyining：没有接口许可'] });
  await db.update(syncRuns).set({ reasons: { xuanqi: '还没有客户' } });
  expect(check(await examine(), 'customer_sync')).toMatchObject({ state: 'ok', detail: ['1 位还没有客户：xuanqi'] });
  await db.delete(syncRuns);
});

test('a domain that is not trusted is seen, with the secret refused as well', async () => {
  await setConsole({ trusted_hosts: ['other.example.com'] });
  const report = await examine();
  expect(failures(report)).toEqual(['sign_in_domain']);
  expect(check(report, 'sign_in_domain').sentence).toContain('other.example.com');
  await setConsole({ secret: 'somebody reset it', revoke_tokens: true });
  expect(check(await examine(), 'sign_in_domain').sentence).toContain('50001');
});

test('the callback address is asked as WeCom asks it: another key, another server and silence are told apart', async () => {
  const { wecom } = shop.deps.config;
  const otherKey = await examine({ config: { ...config(), wecom: { ...wecom, callbackToken: 'another' } } });
  expect(check(otherKey, 'callback_url').sentence).toContain('不认我们的签名（401）');
  const elsewhere = await examine({ config: { ...config(), publicUrl: simulator.url } });
  expect(check(elsewhere, 'callback_url').sentence).toContain('HTTP 404');
  const nobody = await examine({ config: { ...config(), publicUrl: 'http://127.0.0.1:1' } });
  expect(check(nobody, 'callback_url').sentence).toContain('没有应答');
  expect(failures(nobody)).toEqual(['sign_in_domain', 'callback_url']);
});

test('a callback that arrived and a script that was sent are proofs', async () => {
  await post('/_sim/customers', { name: '新客', staff: 'zhouyining' });
  await expect.poll(async () => check(await examine(), 'callback_arrivals').state, { timeout: 5_000 }).toBe('ok');
  await shop.deps.db.insert(touches).values({
    corpId: shop.deps.config.wecom.corpId,
    externalUserId: 'wmLin',
    touchedAt: shop.clock.now(),
    touchId: uuidv7(),
    touchpoint: 'sidebar',
    purpose: 'service',
    title: '使用回访',
  });
  expect(check(await examine(), 'js_domain').state).toBe('ok');
  await shop.deps.db.delete(touches);
});

const ahead = (ms: number) => ({ now: () => new Date(shop.clock.now().getTime() + ms) });

test('a clock that is ten minutes ahead is named, one that is a minute off is not', async () => {
  const settings = { config: config(), wrong: [], sentences: [] };
  expect(check(await runDoctor(settings, { clock: ahead(600_000) }), 'clock').sentence).toContain('快 10 分钟');
  expect(check(await runDoctor(settings, { clock: ahead(-600_000) }), 'clock').sentence).toContain('慢 10 分钟');
  expect(check(await runDoctor(settings, { clock: ahead(60_000) }), 'clock').state).toBe('ok');
});

test('uploads, tickets and the secret fail each by itself', async () => {
  for (const [path, id] of [
    ['media/upload', 'media_upload'],
    ['get_jsapi_ticket', 'corp_ticket'],
    ['ticket/get', 'agent_ticket'],
  ] as const) {
    await fault({ path, errcode: 40004 });
    expect(failures(await examine())).toEqual([id]);
    await noFaults();
  }
});

test('a WeCom that cuts every connection and one that stalls are reported in bounded time', async () => {
  await fault({ path: 'cgi-bin', drop: true });
  const cut = await examine();
  expect(failures(cut)).toEqual(['secret']);
  expect(check(cut, 'callable_app').sentence).toBe('现在测不到：企业微信没有应答。');
  await noFaults();
  await fault({ path: 'externalcontact', delay_ms: 60_000 });
  const began = performance.now();
  const stalled = await examine({}, { wecomWithinMs: 1_500 });
  expect(performance.now() - began).toBeLessThan(8_000);
  expect(check(stalled, 'callable_app').sentence).toBe('现在测不到：企业微信答得太慢，时间用完了。');
  expect(check(stalled, 'trusted_ip').state).toBe('ok');
});

test('the proof file is looked for only when its name is given', async () => {
  expect((await examine()).checks.some((one) => one.id === 'verify_file')).toBe(false);
  const report = await examine({}, { verifyFile: 'WW_verify_AbCdEfGhIjKlMnOp.txt' });
  expect(check(report, 'verify_file').state).toBe('failed');
});
