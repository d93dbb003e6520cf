import type { Panel, Send, SidebarBoot } from '@nextline/contract';
import { PiniaColada } from '@pinia/colada';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { createApp } from 'vue';
import { bootKey } from '../boot.ts';
import type { Chat, WecomBridge } from '../bridge/wecom-bridge.ts';
import { BridgeFailure } from '../bridge/bridge-failure.ts';
import { bridgeKey, useCurrentCustomer } from '../customer/current-customer.ts';
import { toast } from '../toast.ts';
import type { SendRequest } from './send-request.ts';
import { useSending } from './send-script.ts';

type Call = { method: string; path: string; body: Record<string, unknown> };
type World = { chat: Chat; calls: Call[]; messages: number; answer: (call: Call) => Response | null; sendMessage: () => Promise<void> };

const boot = { corpId: 'ww', staff: { userId: 'zhou' } };
const panel: Pick<Panel, 'variables' | 'active' | 'sentScripts'> = { variables: { 客户称呼: '林小姐' }, active: true, sentScripts: {} };
const request: SendRequest = {
  scriptId: 'trial',
  version: 3,
  title: '新品试用装领取',
  parts: [
    { kind: 'text', text: '{客户称呼}，给您留了一份' },
    { kind: 'text', text: '周末都在' },
  ],
  defaults: {},
  source: { kind: 'library' },
};

const part = (n: number): Send['parts'][number] => ({
  n,
  label: `第 ${n} 条`,
  state: 'waiting',
  message: { msgtype: 'text', text: { content: String(n) } },
  errMsg: null,
  settledAt: null,
});

function stored(sendId: string): Send {
  const at = '2026-06-09T06:32:00.000Z';
  return {
    sendId,
    externalUserId: 'wm-lin',
    scriptId: 'trial',
    version: 3,
    title: '',
    startedAt: at,
    state: 'open',
    parts: [part(1), part(2)],
    holderId: null,
    heldUntil: null,
  };
}

const json = (body: unknown, status = 200) => Response.json(body, { status });

function answerOf(call: Call): Response {
  if (call.method === 'POST' && call.path.endsWith('/sends')) return json(stored(String(call.body.sendId)));
  return json(call.method === 'GET' ? panel : {});
}

/** A page with the open chat, the server and WeCom's client in our hands. */
async function openPage(change: Partial<World> = {}) {
  const world: World = {
    chat: { kind: 'customer', externalUserId: 'wm-lin' },
    calls: [],
    messages: 0,
    answer: () => null,
    sendMessage: () => Promise.resolve(),
    ...change,
  };
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const call = { method: init.method ?? 'GET', path: url, body: typeof init.body === 'string' ? JSON.parse(init.body) : {} };
    world.calls.push(call);
    return world.answer(call) ?? answerOf(call);
  });
  const bridge: WecomBridge = {
    whoIsHere: () => Promise.resolve(world.chat),
    sendMessage: () => {
      world.messages += 1;
      return world.sendMessage();
    },
    openChat: () => Promise.resolve(),
    startOver: () => undefined,
  };
  const app = createApp({ render: () => null });
  app
    .use(createPinia())
    .use(PiniaColada, {})
    .provide(bootKey, boot as SidebarBoot)
    .provide(bridgeKey, bridge);
  const { current, sending } = app.runWithContext(() => ({ current: useCurrentCustomer(), sending: useSending() }));
  current.askAgain();
  await vi.waitFor(() => expect(current.panel).toBeDefined());
  const of = (method: string, path: RegExp) => world.calls.filter((call) => call.method === method && path.test(call.path));
  return {
    world,
    current,
    sending,
    posts: () => of('POST', /\/sends$/),
    reports: () => of('PUT', /\/parts\/\d$/),
    stops: () => of('PUT', /\/stop$/),
  };
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  localStorage.clear();
});

test('a tap sends the parts in order and reports each', async () => {
  const { sending, world, posts, reports } = await openPage();
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending?.end).toBe('done'));
  expect(posts()).toHaveLength(1);
  expect(world.messages).toBe(2);
  await vi.waitFor(() => expect(reports().map(({ body }) => body.state)).toEqual(['sent', 'sent']));
});

test('three taps are one send', async () => {
  const { sending, world, posts } = await openPage();
  sending.send(request);
  sending.send(request);
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending?.end).toBe('done'));
  sending.resume();
  expect(posts()).toHaveLength(1);
  expect(world.messages).toBe(2);
});

test('a guide who changed the chat sends nothing to whoever is there now', async () => {
  const { sending, world } = await openPage();
  world.chat = { kind: 'customer', externalUserId: 'wm-chen' };
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending?.end).toBe('chat_changed'));
  expect(world.messages).toBe(0);
});

test('a lost reply is asked for again under the same id', async () => {
  let lost = true;
  const { sending, world, posts } = await openPage({
    answer: ({ path }) => {
      if (!lost || !path.endsWith('/sends')) return null;
      throw new TypeError('network');
    },
  });
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending?.phase).toBe('refused'));
  expect(world.messages).toBe(0);
  lost = false;
  sending.resume();
  await vi.waitFor(() => expect(sending.sending?.end).toBe('done'));
  const [first, second] = posts();
  expect(second?.body.sendId).toBe(first?.body.sendId);
});

test('a cancel in the client is reported as cancelled, and the next part is not tried', async () => {
  const { sending, world, reports } = await openPage({
    sendMessage: () => Promise.reject(new BridgeFailure('cancelled', 'sendChatMessage:cancel')),
  });
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending?.end).toBe('cancelled'));
  expect(world.messages).toBe(1);
  await vi.waitFor(() => expect(reports().map(({ body }) => body.state)).toEqual(['cancelled']));
});

test('a script with a hole opens the sheet and reaches nobody', async () => {
  const { sending, posts } = await openPage();
  sending.send({ ...request, parts: [{ kind: 'text', text: '{上次购买}用得还好吗' }] });
  expect(sending.preparing?.title).toBe('新品试用装领取');
  expect(posts()).toHaveLength(0);
});

test('停在这里 reports what went out before it tells the server to stop', async () => {
  let settle: (() => void) | undefined;
  const { sending, world, stops } = await openPage({ sendMessage: () => new Promise((resolve) => (settle = resolve)) });
  sending.send(request);
  await vi.waitFor(() => expect(world.messages).toBe(1));
  sending.stop();
  settle?.();
  await vi.waitFor(() => expect(stops()).toHaveLength(1));
  expect(world.messages).toBe(1);
  expect(world.calls.findIndex(({ path }) => path.endsWith('/parts/1'))).toBeLessThan(
    world.calls.findIndex(({ path }) => path.endsWith('/stop')),
  );
});

test('what another device is sending is left to it, and its next part is asked about once it may no longer', async () => {
  const other = { holderId: '018f3b1c-0000-7000-8000-000000000001', heldUntil: new Date(Date.now() + 40_000).toISOString() };
  const open: Send = { ...stored('018f3b1c-0000-7000-8000-000000000002'), ...other, parts: [{ ...part(1), state: 'sent' }, part(2)] };
  const { sending, posts, stops } = await openPage({
    answer: ({ method }) => (method === 'GET' ? json({ ...panel, openSends: [open] }) : null),
  });
  vi.useFakeTimers({ shouldAdvanceTime: true });
  sending.pickUp([open]);
  expect(sending.sending?.end).toBe('elsewhere');
  sending.resume();
  sending.dismiss();
  sending.pickUp([open]);
  vi.advanceTimersByTime(41_000);
  await vi.waitFor(() => expect(sending.sending?.phase).toBe('unclear'));
  expect(sending.sending?.parts.map(({ state }) => state)).toEqual(['sent', 'unknown']);
  expect([posts().length, stops().length]).toEqual([0, 0]);
});

test('a page that was too slow asks again before its next part, and leaves the rest to the device that has taken over', async () => {
  let taken = false;
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['Date', 'performance'] });
  const { sending, world, posts } = await openPage({
    answer: ({ path }) =>
      taken && path.endsWith('/sends')
        ? json({ error: { code: 'send.held', message: '正在另一台设备发送。', details: { forMs: 30_000 } } }, 409)
        : null,
    sendMessage: () => {
      taken = true;
      vi.setSystemTime(Date.now() + 60_000);
      return Promise.resolve();
    },
  });
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending?.end).toBe('elsewhere'));
  expect([world.messages, posts().length]).toEqual([1, 2]);
  expect(posts().map(({ body }) => typeof body.holderId)).toEqual(['string', 'string']);
});

test('what was asked for without a network and never begun is offered again by a new page, from the part where it ended', async () => {
  let away = false;
  const answer = ({ path }: Call) => {
    if (!away || !path.endsWith('/sends')) return null;
    throw new TypeError('network');
  };
  const first = await openPage({ answer });
  first.world.sendMessage = () =>
    first.world.messages === 2 ? Promise.reject(new BridgeFailure('unknown', 'sendChatMessage:fail')) : Promise.resolve();
  first.sending.send(request);
  await vi.waitFor(() => expect(first.sending.sending?.end).toBe('failed'));
  away = true;
  first.sending.resume();
  await vi.waitFor(() => expect(first.sending.sending?.phase).toBe('refused'));

  away = false;
  const later = await openPage({
    answer: ({ method, path, body }) =>
      method === 'POST' && path.endsWith('/sends')
        ? json({
            ...stored(String(body['sendId'])),
            parts: [
              { ...part(1), state: 'sent' },
              { ...part(2), state: 'failed' },
            ],
          })
        : null,
  });
  later.sending.pickUp([]);
  expect(later.sending.sending).toMatchObject({ end: 'interrupted', parts: [{ state: 'sent' }, { state: 'failed' }] });
  later.sending.resume();
  await vi.waitFor(() => expect(later.sending.sending?.end).toBe('done'));
  expect(later.world.messages).toBe(1);
  expect(later.posts().map(({ body }) => body['sendId'])).toEqual([first.posts()[0]?.body['sendId']]);
  const last = await openPage();
  last.sending.pickUp([]);
  expect(last.sending.sending).toBeNull();
});

test('the rest of what the client cut in half is offered by a new page, and not after 算了', async () => {
  const first = await openPage();
  first.world.sendMessage = () =>
    first.world.messages === 2 ? Promise.reject(new BridgeFailure('unknown', 'sendChatMessage:fail')) : Promise.resolve();
  first.sending.send(request);
  await vi.waitFor(() => expect(first.sending.sending?.end).toBe('failed'));
  const later = await openPage();
  later.sending.pickUp([]);
  expect(later.sending.sending).toMatchObject({ end: 'failed', parts: [{ state: 'sent' }, { state: 'failed' }] });
  later.sending.resume();
  await vi.waitFor(() => expect(later.sending.sending?.end).toBe('done'));
  expect(later.world.messages).toBe(1);
  expect(later.posts().map(({ body }) => body['sendId'])).toEqual([first.posts()[0]?.body['sendId']]);

  const again = await openPage();
  again.sending.pickUp([]);
  expect(again.sending.sending).toBeNull();
  again.world.sendMessage = () =>
    again.world.messages === 2 ? Promise.reject(new BridgeFailure('unknown', 'sendChatMessage:fail')) : Promise.resolve();
  again.sending.send(request);
  await vi.waitFor(() => expect(again.sending.sending?.end).toBe('failed'));
  again.sending.dismiss();
  const last = await openPage();
  last.sending.pickUp([]);
  expect(last.sending.sending).toBeNull();
});

test('a first tap without a network is offered too, and not after 算了', async () => {
  const first = await openPage({
    answer: ({ path }) => {
      if (path.endsWith('/sends')) throw new TypeError('network');
      return null;
    },
  });
  first.sending.send(request);
  await vi.waitFor(() => expect(first.sending.sending?.phase).toBe('refused'));
  const later = await openPage();
  later.sending.pickUp([]);
  expect(later.sending.sending).toMatchObject({ end: 'interrupted', title: '新品试用装领取', parts: [] });
  later.sending.dismiss();
  later.sending.pickUp([]);
  expect(later.sending.sending).toBeNull();
});

test('a panel that is older than what was told since does not ask anew for what went out', async () => {
  let away = true;
  const answer = ({ path }: Call) => {
    if (away && path.includes('/parts/')) throw new TypeError('network');
    return null;
  };
  const first = await openPage({ answer });
  first.world.sendMessage = () => {
    if (first.world.messages === 1) first.world.chat = { kind: 'customer', externalUserId: 'wm-chen' };
    return Promise.resolve();
  };
  first.sending.send(request);
  await vi.waitFor(() => expect(first.sending.sending?.end).toBe('chat_changed'));
  const open = stored(String(first.posts()[0]?.body['sendId']));
  away = false;
  const later = await openPage({ answer });
  await vi.waitFor(() => expect(later.sending.waitingResults).toHaveLength(0));
  later.sending.pickUp([open]);
  expect(later.sending.sending?.parts.map(({ state }) => state)).toEqual(['sent', 'waiting']);
});

test('what the client refused is not offered again by a new page, also when the server has not heard of it yet', async () => {
  const first = await openPage({
    answer: ({ path }) => {
      if (path.includes('/parts/')) throw new TypeError('network');
      return null;
    },
    sendMessage: () => Promise.reject(new BridgeFailure('unknown', 'sendChatMessage:fail')),
  });
  first.sending.send(request);
  await vi.waitFor(() => expect(first.sending.sending?.end).toBe('failed'));
  const open = stored(String(first.posts()[0]?.body['sendId']));
  const later = await openPage({
    answer: ({ path }) => {
      if (path.includes('/parts/')) throw new TypeError('network');
      return null;
    },
  });
  later.sending.pickUp([open]);
  expect(later.sending.sending).toBeNull();
});

/** The guide clicks another chat. */
async function goTo({ world, current }: Awaited<ReturnType<typeof openPage>>, externalUserId: string) {
  world.chat = { kind: 'customer', externalUserId };
  current.askAgain();
  await vi.waitFor(() => expect([current.externalUserId, current.panel !== undefined]).toEqual([externalUserId, true]));
}

test("a question about one customer's part does not keep another's words waiting, and is put again there", async () => {
  const page = await openPage();
  const { sending, world, posts } = page;
  world.sendMessage = () =>
    world.messages === 1 ? Promise.reject(new BridgeFailure('silent', 'no answer within 15 s')) : Promise.resolve();
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending?.phase).toBe('unclear'));
  expect(sending.whyNot).toBe('上一句还在发，稍等。');
  await goTo(page, 'wm-chen');
  expect(sending.whyNot).toBeNull();
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending).toMatchObject({ externalUserId: 'wm-chen', end: 'done' }));
  expect(world.messages).toBe(3);

  await goTo(page, 'wm-lin');
  sending.pickUp([stored(String(posts()[0]?.body['sendId']))]);
  expect(sending.sending).toMatchObject({ externalUserId: 'wm-lin', phase: 'unclear' });
  expect(sending.sending?.parts.map(({ state }) => state)).toEqual(['unknown', 'waiting']);
});

test('what another customer is getting right now keeps the next tap waiting, and says so', async () => {
  let settle: (() => void) | undefined;
  const page = await openPage({ sendMessage: () => new Promise((resolve) => (settle = resolve)) });
  const { sending, world, posts } = page;
  sending.send(request);
  await vi.waitFor(() => expect(world.messages).toBe(1));
  await goTo(page, 'wm-chen');
  sending.send(request);
  expect(toast.value?.text).toBe('上一句还在发，稍等。');
  settle?.();
  await vi.waitFor(() => expect(sending.sending?.end).toBe('chat_changed'));
  expect([posts().length, world.messages]).toEqual([1, 1]);
});

test('words for another customer in between do not give up the rest of what the client cut in half', async () => {
  const page = await openPage();
  const { sending, world, posts } = page;
  world.sendMessage = () =>
    world.messages === 2 ? Promise.reject(new BridgeFailure('unknown', 'sendChatMessage:fail')) : Promise.resolve();
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending?.end).toBe('failed'));
  await goTo(page, 'wm-chen');
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending).toMatchObject({ externalUserId: 'wm-chen', end: 'done' }));

  await goTo(page, 'wm-lin');
  sending.pickUp([]);
  expect(sending.sending).toMatchObject({ end: 'failed', parts: [{ state: 'sent' }, { state: 'failed' }] });
  sending.resume();
  await vi.waitFor(() => expect(sending.sending?.end).toBe('done'));
  expect(world.messages).toBe(5);
  expect(posts().map(({ body }) => body['sendId'])[2]).toBe(posts()[0]?.body['sendId']);
});

test('a refusal by the rules has the panel read again, so that the meter above does not say that there is room', async () => {
  const error = { code: 'guard.cap', message: '这周的营销次数用完了。', details: {} };
  const refuses = ({ method, path }: Call) => (method === 'POST' && path.endsWith('/sends') ? json({ error }, 409) : null);
  const { sending, world } = await openPage({ answer: refuses });
  const panels = () => world.calls.filter(({ method, path }) => method === 'GET' && path.endsWith('/customers/wm-lin')).length;
  const before = panels();
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending?.phase).toBe('refused'));
  await vi.waitFor(() => expect(panels()).toBe(before + 1));
});

test('without an answer there is nothing to read again', async () => {
  const { sending, world } = await openPage({
    answer: ({ method, path }) => (method === 'POST' && path.endsWith('/sends') ? json({}, 503) : null),
  });
  const before = world.calls.filter(({ method }) => method === 'GET').length;
  sending.send(request);
  await vi.waitFor(() => expect(sending.sending?.phase).toBe('refused'));
  await Promise.resolve();
  expect(world.calls.filter(({ method }) => method === 'GET')).toHaveLength(before);
});
