import { expect, test } from 'vitest';
import { memoryCallLedger } from './call-ledger.ts';
import { connect, loopbackWeCom, type Loopback } from './loopback-wecom.ts';
import { memorySecretStore, type SecretStore } from './secret-store.ts';
import { wecomPaths } from './wire-shapes.ts';

/** Hands out ticket-1, ticket-2 … */
const tickets = () =>
  loopbackWeCom(({ path }, nth) => (path === wecomPaths.getToken ? {} : { errcode: 0, ticket: `ticket-${nth}`, expires_in: 7200 }));

function processes(loopback: Loopback, secrets: SecretStore = memorySecretStore()) {
  const time = { now: new Date('2026-06-09T06:00:00Z').getTime() };
  const clock = { now: () => new Date(time.now) };
  const ledger = memoryCallLedger(clock);
  const start = () => connect(loopback, { clock, ledger, secrets }).wecom;
  return { time, start };
}

const asks = (loopback: Loopback) => loopback.times(wecomPaths.agentTicket);

test('fifty pages with a refused ticket bring one new one, and the other kind stays', async () => {
  await using loopback = await tickets();
  const { time, start } = processes(loopback);
  const wecom = start();
  const corp = await wecom.jsTicket('corp');
  expect(await wecom.jsTicket('agent')).toBe('ticket-1');
  time.now += 600_000;
  const renewed = await Promise.all(Array.from({ length: 50 }, () => wecom.renewRefusedTicket('agent')));
  expect(new Set(renewed)).toEqual(new Set(['ticket-2']));
  expect(await wecom.jsTicket('agent')).toBe('ticket-2');
  expect(await wecom.jsTicket('corp')).toBe(corp);
  expect(asks(loopback)).toBe(2);
});

test('a ticket is renewed at most once a minute', async () => {
  await using loopback = await tickets();
  const { time, start } = processes(loopback);
  const wecom = start();
  await wecom.jsTicket('agent');
  const seen: string[] = [];
  for (const seconds of [30, 40, 20, 30, 30]) {
    time.now += seconds * 1000;
    seen.push(await wecom.renewRefusedTicket('agent'));
  }
  expect(seen).toEqual(['ticket-1', 'ticket-2', 'ticket-2', 'ticket-2', 'ticket-3']);
});

test('another process takes over the renewed ticket without asking WeCom', async () => {
  await using loopback = await tickets();
  const { time, start } = processes(loopback);
  const [one, other] = [start(), start()];
  expect([await one.jsTicket('agent'), await other.jsTicket('agent')]).toEqual(['ticket-1', 'ticket-1']);
  time.now += 600_000;
  expect(await one.renewRefusedTicket('agent')).toBe('ticket-2');
  time.now += 5000;
  expect(await other.renewRefusedTicket('agent')).toBe('ticket-2');
  expect(asks(loopback)).toBe(2);
});

test('a page that complains for an hour leaves the quota of tickets alone', async () => {
  await using loopback = await tickets();
  const { time, start } = processes(loopback);
  const [one, other] = [start(), start()];
  for (let nth = 0; nth < 720; nth += 1) {
    await Promise.all([one.renewRefusedTicket('agent'), other.renewRefusedTicket('agent')]);
    time.now += 5000;
  }
  expect(asks(loopback)).toBeGreaterThan(20);
  expect(asks(loopback)).toBeLessThanOrEqual(31);
});

test('a ticket that is older than wanted is renewed, a younger one is not', async () => {
  await using loopback = await tickets();
  const { time, start } = processes(loopback);
  const wecom = start();
  await wecom.jsTicket('agent');
  time.now += 300_000;
  expect(await wecom.jsTicket('agent', { renewIfOlderThanMs: 300_000 })).toBe('ticket-1');
  expect(await wecom.jsTicket('agent', { renewIfOlderThanMs: 299_999 })).toBe('ticket-2');
  expect(await wecom.jsTicket('agent', { renewIfOlderThanMs: 0 })).toBe('ticket-2');
});

test('from a store that does not know when a ticket was obtained, its end tells its age', async () => {
  await using loopback = await tickets();
  const secrets = memorySecretStore();
  const { time, start } = processes(loopback, secrets);
  await secrets.put('agent_ticket', { value: 'old', expiresAt: new Date(time.now + 7_150_000) });
  const wecom = start();
  expect(await wecom.renewRefusedTicket('agent')).toBe('old');
  time.now += 10_000;
  expect(await wecom.renewRefusedTicket('agent')).toBe('ticket-1');
});

test('a renewal that fails says why, and the next minute tries again', async () => {
  let away = false;
  await using loopback = await loopbackWeCom(({ path }, nth) =>
    path === wecomPaths.getToken ? {} : away ? { errcode: 48002, errmsg: 'no' } : { errcode: 0, ticket: `ticket-${nth}`, expires_in: 7200 },
  );
  const { time, start } = processes(loopback);
  const wecom = start();
  await wecom.jsTicket('agent');
  time.now += 600_000;
  away = true;
  await expect(wecom.renewRefusedTicket('agent')).rejects.toMatchObject({ kind: 'config', errcode: 48002 });
  expect(await wecom.renewRefusedTicket('agent')).toBe('ticket-1');
  away = false;
  time.now += 61_000;
  expect(await wecom.renewRefusedTicket('agent')).toBe('ticket-3');
});

test('what was obtained while the clock ran ahead is not trusted when it has been set back', async () => {
  await using loopback = await tickets();
  const { time, start } = processes(loopback);
  const wecom = start();
  time.now += 86_400_000;
  await wecom.jsTicket('agent');
  time.now -= 86_400_000;
  expect(await wecom.jsTicket('agent')).toBe('ticket-2');
  expect(await wecom.jsTicket('agent')).toBe('ticket-2');
  expect(await start().jsTicket('agent')).toBe('ticket-2');
  expect(loopback.times(wecomPaths.getToken)).toBe(2);
});
