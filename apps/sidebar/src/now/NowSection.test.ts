import type { Panel, SidebarBoot, Suggestion, Task } from '@nextline/contract';
import { PiniaColada, useQueryCache } from '@pinia/colada';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { computed, createApp, h, nextTick, ref, type App } from 'vue';
import { bootKey } from '../boot.ts';
import type { Chat, WecomBridge } from '../bridge/wecom-bridge.ts';
import { bridgeKey, useCurrentCustomer } from '../customer/current-customer.ts';
import { useSending } from '../send/send-script.ts';
import { toast } from '../toast.ts';
import NowSection from './NowSection.vue';

type Call = { method: string; path: string; body: Record<string, unknown> };

const boot = { corpId: 'ww', staff: { userId: 'zhou' }, timeZone: 'Asia/Shanghai' } as SidebarBoot;
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

const card = (slot: number, scriptId: string, change: Partial<Suggestion> = {}): Suggestion => ({
  slot,
  scriptId,
  version: 1,
  title: `题-${scriptId}`,
  purpose: 'service',
  meta: `建议 · ${scriptId}`,
  due: null,
  taskId: null,
  parts: [{ kind: 'text', text: `话-${scriptId}` }],
  defaults: {},
  reason: { kind: 'fact', text: '没发过' },
  blocked: null,
  probability: 1,
  score: 1,
  ...change,
});

let lists = 0;
const listOf = (cards: Suggestion[]): Panel['suggestions'] => {
  lists += 1;
  return { listId: `list-${lists}`, computedAt: new Date().toISOString(), cards, proof: '' };
};

const panelOf = (externalUserId: string, cards: Suggestion[]): Panel =>
  ({
    customer: { externalUserId, name: externalUserId, gender: 'female' },
    suggestions: listOf(cards),
    variables: {},
    gaps: [],
    sentScripts: {},
    tasks: [],
    openTaskCount: 2,
    openSends: [],
    active: true,
  }) as unknown as Panel;

const task = (body: Record<string, unknown>): Task =>
  ({ externalUserId: 'lin', customerName: '', kind: 'reminder', status: 'open', ...body }) as Task;

let mounted: App | null = null;

/** 现在该说 of the open chat, as the page has it: another chat is another section, and so is the same one after a search. */
async function openPage(panels: Record<string, Panel>, answer: (call: Call) => Response | Promise<Response> | null = () => null) {
  let chat: Chat = { kind: 'customer', externalUserId: 'lin' };
  const calls: Call[] = [];
  const messages: (() => void)[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const call = { method: init.method ?? 'GET', path: url, body: typeof init.body === 'string' ? JSON.parse(init.body) : {} };
    calls.push(call);
    const given = await answer(call);
    if (given) return given;
    const of = url.split('/')[4] ?? '';
    if (call.method === 'GET') return Response.json(panels[of]);
    if (!url.endsWith('/sends')) return Response.json({});
    const parts = [{ n: 1, label: '', state: 'waiting', message: { msgtype: 'text' }, errMsg: null, settledAt: null }];
    return Response.json({ ...call.body, externalUserId: of, title: '', parts });
  });
  const bridge: WecomBridge = {
    whoIsHere: () => Promise.resolve(chat),
    sendMessage: () => new Promise((resolve) => messages.push(resolve)),
    openChat: () => Promise.resolve(),
    startOver: () => undefined,
  };
  const searching = ref(false);
  const app = createApp({
    setup() {
      const current = useCurrentCustomer();
      const shown = computed(() => (searching.value ? undefined : current.panel));
      return () => shown.value && h(NowSection, { key: shown.value.customer.externalUserId, panel: shown.value });
    },
  });
  app.use(createPinia()).use(PiniaColada, {}).provide(bootKey, boot).provide(bridgeKey, bridge);
  const root = document.body.appendChild(document.createElement('div'));
  app.mount(root);
  mounted = app;
  const { current, sending, cache } = app.runWithContext(() => ({
    current: useCurrentCustomer(),
    sending: useSending(),
    cache: useQueryCache(),
  }));
  const goTo = async (externalUserId: string) => {
    chat = { kind: 'customer', externalUserId };
    current.askAgain();
    await vi.waitFor(() => expect(current.panel?.customer.externalUserId).toBe(externalUserId));
    await nextTick();
  };
  await goTo('lin');
  const button = (name: string) => [...root.querySelectorAll('button')].find((found) => found.textContent.includes(name));
  return {
    calls,
    messages,
    current,
    sending,
    cache,
    root,
    goTo,
    button,
    async press(name: string) {
      await vi.waitFor(() => expect(button(name)).toBeDefined());
      button(name)?.click();
      await nextTick();
    },
    async search(meanwhile: () => Promise<void> = () => Promise.resolve()) {
      searching.value = true;
      await nextTick();
      await meanwhile();
      searching.value = false;
      await nextTick();
    },
    /** A newer answer of the server. */
    async newPanel(panel: Panel) {
      cache.setQueryData(['panel', panel.customer.externalUserId], panel);
      await nextTick();
    },
    cards: () => [...root.querySelectorAll('article')].map((article) => article.getAttribute('aria-label')),
    tasksMade: () => calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/tasks')),
  };
}

afterEach(() => {
  mounted?.unmount();
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  localStorage.clear();
  toast.value = null;
});

const both = () => ({ lin: panelOf('lin', [card(1, 'a'), card(2, 'b')]), chen: panelOf('chen', [card(1, 'c')]) });
const keepsTasks = ({ path, body }: Call) => (path.endsWith('/tasks') ? Response.json(task(body)) : null);

test('a card that went out while another chat was open is told as sent when the guide is back, and is not offered again', async () => {
  const { press, messages, sending, goTo, root, cards } = await openPage(both());
  await press('发送');
  await vi.waitFor(() => expect(messages).toHaveLength(1));
  await goTo('chen');
  messages[0]?.();
  await vi.waitFor(() => expect(sending.sending?.end).toBe('done'));
  await goTo('lin');
  await vi.waitFor(() => expect(root.textContent).toContain('「题-a」已记入轨迹'));
  expect(root.textContent).not.toContain('正在发');
  expect(cards()).toEqual(['建议 · b']);
});

test('a card that was sent behind the search is not offered again', async () => {
  const { press, messages, sending, search, root, cards } = await openPage(both());
  await press('发送');
  await vi.waitFor(() => expect(messages).toHaveLength(1));
  await search(async () => {
    messages[0]?.();
    await vi.waitFor(() => expect(sending.sending?.end).toBe('done'));
    sending.dismiss();
  });
  await vi.waitFor(() => expect(root.textContent).toContain('「题-a」已记入轨迹'));
  expect(cards()).toEqual(['建议 · b']);
});

test('a result that has not reached the server is told beside its own customer only', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { press, messages, sending, goTo, root } = await openPage(both(), ({ path }) => {
    if (path.includes('/parts/')) throw new TypeError('network');
    return null;
  });
  await press('发送');
  await vi.waitFor(() => expect(messages).toHaveLength(1));
  messages[0]?.();
  await vi.waitFor(() => expect(sending.waitingResults).toHaveLength(1));
  await vi.advanceTimersByTimeAsync(4001);
  await vi.waitFor(() => expect(root.textContent).toContain('还有 1 条发送结果没报上去'));
  await goTo('chen');
  await vi.advanceTimersByTimeAsync(4001);
  expect(root.textContent).not.toContain('没报上去');
});

test('a card that was put off stays away: after a search, in another chat and back, and from a list that was made before', async () => {
  const panels = both();
  const older = { ...panels.lin, suggestions: listOf([card(1, 'a'), card(2, 'b')]) };
  const { press, search, goTo, newPanel, cards, current } = await openPage(panels, keepsTasks);
  await press('推迟');
  await press('3 天后');
  await vi.waitFor(() => expect(toast.value?.action?.label).toBe('撤销'));
  expect(current.panel?.openTaskCount).toBe(3);
  await search();
  expect(cards()).toEqual(['建议 · b']);
  await goTo('chen');
  await goTo('lin');
  expect(cards()).toEqual(['建议 · b']);
  await newPanel({ ...older, suggestions: { ...older.suggestions, computedAt: new Date(Date.now() - 1000).toISOString() } });
  expect(cards()).toEqual(['建议 · b']);
});

test('a panel that was asked for before something was put off does not take the number beside 待办 back', async () => {
  const panels = both();
  const { promise: late, resolve: answerLate } = Promise.withResolvers<Response>();
  let onItsWay = false;
  const { press, current, calls } = await openPage(panels, (call) => {
    if (call.method === 'GET' && onItsWay) {
      onItsWay = false;
      return late;
    }
    return keepsTasks(call);
  });
  onItsWay = true;
  void current.refresh();
  const before = { ...panels.lin };
  panels.lin = { ...panels.lin, openTaskCount: 3 };
  const asked = calls.length;
  await press('推迟');
  await press('3 天后');
  await vi.waitFor(() => expect(toast.value?.action?.label).toBe('撤销'));
  answerLate(Response.json(before));
  await vi.waitFor(() => expect(current.loading).toBe(false));
  expect(current.panel?.openTaskCount).toBe(3);
  expect(calls.slice(asked).filter(({ method }) => method === 'GET')).toHaveLength(1);
});

test('撤销 takes the reminder back and brings the card to its place, and the number beside 待办 with it', async () => {
  const panels = both();
  const { press, calls, cards, current } = await openPage(panels, ({ method, path, body }) => {
    if (method === 'POST' && path.endsWith('/tasks')) return Response.json(task(body));
    return method === 'PUT' ? Response.json(task({ taskId: path.split('/').at(-1), ...body })) : null;
  });
  await press('推迟');
  await press('明早');
  await vi.waitFor(() => expect(toast.value?.action).toBeDefined());
  toast.value?.action?.run();
  await vi.waitFor(() => expect(current.panel?.openTaskCount).toBe(2));
  expect(cards()).toEqual(['建议 · a', '建议 · b']);
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ status: 'skipped' });
});

test('what is to be done today becomes a reminder when it is put off, and is again what it was after 撤销', async () => {
  const due = task({ taskId: 'due', kind: 'follow_up', scriptId: 'a', dueAt: inHours(1) });
  const panels = { lin: { ...panelOf('lin', [card(1, 'a', { taskId: 'due' })]), tasks: [due] } };
  const { press, calls, current } = await openPage(panels, ({ method, body }) =>
    method === 'PUT' ? Response.json(task({ ...due, ...body })) : null,
  );
  await press('推迟');
  await press('3 天后');
  await vi.waitFor(() => expect(toast.value?.action).toBeDefined());
  expect(current.panel?.openTaskCount).toBe(2);
  toast.value?.action?.run();
  const moves = () => calls.filter(({ method }) => method === 'PUT').map(({ body }) => [body['kind'], body['dueAt'] === due.dueAt]);
  await vi.waitFor(() =>
    expect(moves()).toEqual([
      ['reminder', false],
      ['follow_up', true],
    ]),
  );
});

const blocked = { code: 'guard.cap' as const, headline: '次数用完了', rule: '', endsAt: inHours(20), endsText: null };

test('到时提醒我 makes one reminder, however often it is pressed, and says so after a search', async () => {
  const panels = { lin: panelOf('lin', [card(1, 'a', { blocked })]) };
  const { press, search, button, tasksMade, root, current } = await openPage(panels, keepsTasks);
  await press('到时提醒我');
  button('到时提醒我')?.click();
  await vi.waitFor(() => expect(button('提醒你')?.disabled).toBe(true));
  await search();
  expect(button('提醒你')?.disabled).toBe(true);
  expect(root.textContent).not.toContain('到时提醒我');
  expect([tasksMade().length, current.panel?.openTaskCount]).toEqual([1, 3]);
});

test('到时提醒我 that got no answer is asked again as the same reminder', async () => {
  let away = true;
  const panels = { lin: panelOf('lin', [card(1, 'a', { blocked })]) };
  const { press, button, tasksMade } = await openPage(panels, ({ path, body }) => {
    if (!path.endsWith('/tasks')) return null;
    if (away) throw new TypeError('network');
    return Response.json(task(body));
  });
  await press('到时提醒我');
  await vi.waitFor(() => expect(toast.value?.text).toBe('没设上，网络断了。'));
  away = false;
  await press('到时提醒我');
  await vi.waitFor(() => expect(button('提醒你')?.disabled).toBe(true));
  const [first, second] = tasksMade();
  expect(second?.body['taskId']).toBe(first?.body['taskId']);
});

test("a service card that the guide's own words have stopped gives them back to be changed, and can be sent as it is", async () => {
  const details = { headline: '现在太晚了，先不打扰', rule: '你写的话里有「5 折」，算营销。', endsAt: inHours(8), endsText: null };
  const refusal = { error: { code: 'guard.quiet_hours', message: '现在太晚了', details } };
  const panels = { lin: panelOf('lin', [card(1, 'a')]) };
  const { press, sending, button, root } = await openPage(panels, ({ path, body }) =>
    path.endsWith('/sends') && (body['edits'] as unknown[]).length > 0 ? Response.json(refusal, { status: 409 }) : null,
  );
  const { parts, defaults, version, title } = panels.lin.suggestions.cards[0]!;
  const source = { kind: 'suggestion' as const, listId: panels.lin.suggestions.listId, slot: 1 };
  const edits = [{ n: 1, text: '话-a，今天 5 折' }];
  sending.send({ scriptId: 'a', version, title, parts, defaults, source, edits });
  await vi.waitFor(() => expect(root.textContent).toContain('你写的话里有「5 折」'));
  await press('改一改');
  expect(sending.preparing?.edits).toEqual(edits);
  expect(root.textContent).not.toContain('你写的话里有「5 折」');
  await vi.waitFor(() => expect(button('发送')).toBeDefined());
});

const holes = () => [card(1, 'a', { parts: [{ kind: 'text', text: '{上次购买}用得还好吗' }] }), card(2, 'b')];

test('words for a hole stay, filled in or still being typed, through a newer list, a search and another chat', async () => {
  const panels = { lin: panelOf('lin', holes()), chen: panelOf('chen', [card(1, 'c')]) };
  const { press, search, goTo, newPanel, root } = await openPage(panels);
  const field = () => root.querySelector('input');
  const type = async (words: string) => {
    const input = field();
    if (!input) throw new Error('there is no field');
    input.value = words;
    input.dispatchEvent(new Event('input'));
    await nextTick();
  };
  await press('自己填');
  await type('舒缓');
  const before = field();
  await newPanel({ ...panels.lin, suggestions: listOf(holes()) });
  // The same field: a phone's keyboard stays open.
  expect(field()).toBe(before);
  await search();
  await goTo('chen');
  await goTo('lin');
  await vi.waitFor(() => expect(field()?.value).toBe('舒缓'));
  await type('舒缓精华');
  await press('填上');
  expect(root.textContent).toContain('舒缓精华用得还好吗');
  await newPanel({ ...panels.lin, suggestions: listOf(holes()) });
  await search();
  await goTo('chen');
  await goTo('lin');
  expect(root.textContent).toContain('舒缓精华用得还好吗');
});
