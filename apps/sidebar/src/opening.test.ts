import { afterEach, expect, test, vi } from 'vitest';
import type { Chat } from './bridge/wecom-bridge.ts';
import { openChat } from './opening.ts';

const bridgeTo = (externalUserId: string) => ({
  whoIsHere: vi.fn<() => Promise<Chat>>(() => Promise.resolve({ kind: 'customer', externalUserId })),
  sendMessage: () => Promise.resolve(),
  openChat: () => Promise.resolve(),
  startOver: () => undefined,
});

const serverAnswers = (status: number) => {
  const ask = vi.fn<() => Promise<Response>>(() => Promise.resolve(Response.json({ listId: 'of this panel' }, { status })));
  vi.stubGlobal('fetch', ask);
  return ask;
};

afterEach(() => vi.unstubAllGlobals());

test('the customer and her panel are asked for once, before anybody draws, and the first question gets that answer', async () => {
  const ask = serverAnswers(200);
  const bridge = bridgeTo('wm-lin');
  const opening = openChat(bridge);
  await opening.settled;
  expect(opening.known?.externalUserId).toBe('wm-lin');
  expect(await opening.bridge.whoIsHere()).toEqual({ kind: 'customer', externalUserId: 'wm-lin' });
  expect(bridge.whoIsHere).toHaveBeenCalledTimes(1);
  await opening.bridge.whoIsHere();
  expect(bridge.whoIsHere).toHaveBeenCalledTimes(2);
  expect(ask).toHaveBeenCalledTimes(1);
});

test('the panel that is on its way is taken once, and never by another customer', async () => {
  serverAnswers(200);
  const opening = openChat(bridgeTo('wm-lin'));
  await opening.bridge.whoIsHere();
  expect(opening.takePanel('wm-lin')).not.toBeNull();
  expect(opening.takePanel('wm-lin')).toBeNull();
  const another = openChat(bridgeTo('wm-lin'));
  await another.bridge.whoIsHere();
  expect(another.takePanel('wm-chen')).toBeNull();
});

test('once the panel is known, whoever asks for it later asks the server', async () => {
  serverAnswers(200);
  const opening = openChat(bridgeTo('wm-lin'));
  await opening.settled;
  expect(opening.takePanel('wm-lin')).toBeNull();
});

test('a panel the server refuses settles too, and its refusal reaches whoever takes it', async () => {
  serverAnswers(404);
  const opening = openChat(bridgeTo('wm-lin'));
  await opening.settled;
  expect(opening.known).toBeNull();
  await expect(opening.takePanel('wm-lin')).rejects.toMatchObject({ status: 404 });
});

test('a tap on the first words is taken once, and never for another customer', async () => {
  serverAnswers(200);
  const opening = openChat(bridgeTo('wm-lin'));
  await opening.settled;
  opening.tap();
  expect(opening.takeTap('wm-lin')).toBe(true);
  expect(opening.takeTap('wm-lin')).toBe(false);
  opening.tap();
  expect(opening.takeTap('wm-chen')).toBe(false);
});
