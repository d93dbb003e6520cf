import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DoctorCheck, DoctorReport } from '@nextline/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningSimulator } from '@nextline/wecom-simulator';
import { uuidv7 } from 'uuidv7';
import { staff } from '../identity/identity.table.ts';
import { touches } from '../sends/sends.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { settingsFor } from '../test-process.ts';
import { syncStaff } from '../wecom-sync/sync-staff.ts';
import { watchStaff } from '../wecom-sync/watch-staff.ts';
import { syncRuns, wecomAnswers, wecomSecretRefusals } from '../wecom-sync/wecom-sync.table.ts';
import { type DoctorOptions, runDoctor } from './run-doctor.ts';
import { reportInWords } from './say.ts';

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
  for (const table of [wecomSecretRefusals, wecomAnswers]) await shop.deps.db.delete(table);
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
const examine = async (settings: Partial<Parameters<typeof runDoctor>[0]> = {}, options: Partial<DoctorOptions> = {}) =>
  reportInWords(await runDoctor({ config: config(), wrong: [], sentences: [], ...settings }, { clock: shop.clock, ...options }), 'zh-CN');

const check = (report: DoctorReport, id: DoctorCheck['id']): DoctorCheck => {
  const found = report.checks.find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
};
const failures = (report: DoctorReport) => report.checks.filter((one) => one.state === 'failed').map((one) => one.id);
const ahead = (ms: number) => ({ now: () => new Date(shop.clock.now().getTime() + ms) });
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

/** All at once, and every address refused: WeCom then says nothing about what lies behind. */
const allFour = () => ({
  secret: 'somebody reset it',
  trusted_ips: ['203.0.113.9'],
  callable: false,
  visible_staff: everyone().filter((userid) => userid !== 'zhouyining'),
});
const notSecretNorAddress = () => ({ callable: allFour().callable, visible_staff: allFour().visible_staff });
const fourIds = ['secret', 'trusted_ip', 'callable_app', 'visible_range'] as const;
const blocked = '现在测不到：服务器的 IP 被企业微信挡住了';

test('when every address is refused before anything was asked, what lies behind is not guessed: it says why, and where to look meanwhile', async () => {
  await shop.deps.wecom.accessToken();
  await setConsole(allFour());
  const report = await examine();
  expect(failures(report)).toEqual(['secret', 'trusted_ip']);
  expect(check(report, 'trusted_ip').sentence).toContain('127.0.0.1');
  for (const [id, place] of [
    ['callable_app', '可调用接口的应用'],
    ['visible_range', '可见范围'],
  ] as const)
    expect(check(report, id)).toMatchObject({ state: 'unknown', sentence: `${blocked}。`, fix: expect.stringContaining(place) });
  await setConsole({ trusted_ips: null });
  expect(failures(await examine())).toEqual(['secret', 'callable_app', 'visible_range']);
});

test('when every address is refused, what was well the last time is said with its age and not taken for a fault', async () => {
  await examine();
  await setConsole(allFour());
  const report = await examine({}, { clock: ahead(90 * 60_000) });
  expect(failures(report)).toEqual(['secret', 'trusted_ip', 'clock']);
  expect(check(report, 'callable_app')).toMatchObject({ state: 'unknown', sentence: `${blocked}；上次（90 分钟前）是好的。` });
  expect(check(report, 'visible_range').sentence).toMatch(/上次（90 分钟前）\d+ 位成员都看得到。$/);
});

test('what the server met before every address was refused is named with its fix and its age, by the command and by the API, and is green once it is repaired', async () => {
  const { deps, app, database, cookieOf } = shop;
  await deps.wecom.accessToken();
  await setConsole(notSecretNorAddress());
  // The list is refused each time; who is visible is asked about twenty at a time.
  for (let n = 0; n < 2; n += 1) await expect(watchStaff(deps)).rejects.toMatchObject({ errcode: 48002 });
  await setConsole(allFour());

  const env = { ...settingsFor(simulator, database), WECOM_SECRET: deps.config.wecom.secret, PUBLIC_URL: publicUrl };
  const typed = await runMain(env);
  expect(typed.code).toBe(1);
  for (const [line, fix] of [
    ['✗ Secret', '→ 从企业微信管理后台「应用管理 → 自建 → 本应用 → Secret」重新复制'],
    ['✗ 可信 IP', '→ 把 127.0.0.1 加进'],
    ['✗ 可调用接口的应用', '→ 在企业微信管理后台「客户联系 → 可调用接口的应用」里勾选'],
    ['✗ 可见范围', '→ 把他们加进企业微信管理后台「应用管理 → 自建 → 本应用 → 可见范围」'],
  ] as const) {
    const at = typed.lines.findIndex((one) => one.startsWith(line));
    expect(typed.lines[at + 1]).toContain(fix);
  }

  const admin = { url: '/api/admin/doctor', headers: cookieOf(simulator.world.departments[0]?.leaders[0] ?? '') };
  const report: DoctorReport = (await app.inject(admin)).json();
  // Here the server itself is not told where it listens.
  expect(failures(report)).toEqual([...fourIds, 'sign_in_domain', 'callback_url']);
  expect(check(report, 'callable_app').sentence).toBe(`${blocked}；上次（刚才）企业微信说应用不在「可调用接口的应用」里（48002）。`);
  expect(check(report, 'visible_range').sentence).toBe(`${blocked}；上次（刚才）企业微信说应用看不到周以宁（zhouyining）（60011）。`);

  const { secret } = deps.config.wecom;
  for (const [n, repaired] of [{ secret }, { trusted_ips: null }, { callable: true }, { visible_staff: null }].entries()) {
    await setConsole(repaired);
    expect(failures(await examine({}, { askRefusedSecret: true }))).toEqual(fourIds.slice(n + 1));
  }
});

test('without a token too, what WeCom said last of the address, the app and the staff is told', async () => {
  await setConsole(notSecretNorAddress());
  await examine();
  await setConsole({ trusted_ips: ['203.0.113.9'] });
  await examine();
  await setConsole({ ...allFour(), revoke_tokens: true });
  const report = await examine();
  expect(failures(report)).toEqual([...fourIds]);
  expect(check(report, 'trusted_ip').sentence).toBe(
    '现在测不到：Secret 没通过，存下的令牌也不能用了；上次（刚才）企业微信说服务器的 IP 127.0.0.1 不在企业可信IP里（60020）。',
  );
});

test('whoever was hidden from the app and is not any more is noticed by the server itself', async () => {
  await setConsole({ visible_staff: notSecretNorAddress().visible_staff });
  await watchStaff(shop.deps);
  await setConsole({ visible_staff: null });
  await watchStaff(shop.deps);
  await setConsole({ trusted_ips: ['203.0.113.9'] });
  expect(check(await examine(), 'visible_range').sentence).toBe(`${blocked}；上次（刚才）1 位成员都看得到。`);
});

/** `pnpm run doctor` in a process of its own. */
async function runMain(env: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  return new Promise((done) => {
    const child = execFile(process.execPath, [main], { env: { PATH: process.env['PATH'], ...env } }, (_error, out, err) =>
      done({ code: child.exitCode, lines: `${out}${err}`.split('\n') }),
    );
  });
}

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
  const reasons = { zhouyining: { code: 'unlicensed' as const }, xuanqi: { code: 'none_yet' as const } };
  await db.insert(syncRuns).values({ ...run, position, staffTotal: 24, staffDone: 24, reasons });
  const sync = check(await examine(), 'customer_sync');
  expect(sync).toMatchObject({ state: 'failed', sentence: '1 位成员的客户读不到：zhouyining。', detail: ['zhouyining：没有接口许可'] });
  await db.update(syncRuns).set({ reasons: { xuanqi: { code: 'none_yet' } } });
  expect(check(await examine(), 'customer_sync')).toMatchObject({ state: 'ok', detail: ['1 位还没有客户：xuanqi'] });
  // What kept somebody's customers away at the first sync is over when the night's reconciliation has read them.
  await db.update(syncRuns).set({ reasons });
  const night = { ...run, runId: uuidv7(), kind: 'reconcile' as const, startedAt: ahead(60_000).now(), reasons: {} };
  await db.insert(syncRuns).values({ ...night, position, staffTotal: 24, staffDone: 24 });
  expect(check(await examine(), 'customer_sync').state).toBe('ok');
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

test('a doctor whose clock is behind the server’s says so, and not that the keys differ', async () => {
  expect(check(await examine({}, { clock: ahead(-3_600_000) }), 'callback_url').sentence).toContain('时钟比服务那边慢');
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

test('a clock that is ten minutes ahead is named, one that is a minute off is not', async () => {
  expect(check(await examine({}, { clock: ahead(600_000) }), 'clock').sentence).toContain('快 10 分钟');
  expect(check(await examine({}, { clock: ahead(-600_000) }), 'clock').sentence).toContain('慢 10 分钟');
  expect(check(await examine({}, { clock: ahead(60_000) }), 'clock').state).toBe('ok');
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
