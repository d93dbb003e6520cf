import { expect, test, vi } from 'vitest';
import { ApiFailure } from '../api.ts';
import { jsonStore } from '../page-storage.ts';
import { backOffMs, resultQueue, withResult, worthRetrying, type PartResult } from './result-queue.ts';

const result = (n: number, state: PartResult['body']['state'] = 'sent'): PartResult => ({
  externalUserId: 'wm-lin',
  sendId: 's1',
  n,
  body: { state, errMsg: null, at: '2026-06-09T06:32:00.000Z' },
});

function device() {
  const disk = new Map<string, string>();
  const storage = {
    getItem: (key: string) => disk.get(key) ?? null,
    setItem: (key: string, value: string) => void disk.set(key, value),
    removeItem: (key: string) => void disk.delete(key),
  };
  const network = { up: true, reported: [] as number[] };
  const timers: { ms: number; run: () => void }[] = [];
  const open = () =>
    resultQueue({
      store: jsonStore<PartResult[]>('results', [], storage),
      report: async ({ n }) => {
        if (!network.up) throw new ApiFailure(0, 'network.unreachable', '');
        network.reported.push(n);
      },
      later: (ms, run) => {
        timers.push({ ms, run });
        return () => {};
      },
    });
  return { open, network, timers };
}

test('results reach the server in the order they happened', async () => {
  const { open, network } = device();
  const queue = open();
  queue.add(result(1));
  queue.add(result(2));
  await vi.waitFor(() => expect(queue.waiting.value).toHaveLength(0));
  expect(network.reported).toEqual([1, 2]);
});

test('without a network they wait, are tried again later each time, and arrive once when it is back', async () => {
  const { open, network, timers } = device();
  network.up = false;
  const queue = open();
  queue.add(result(1));
  await queue.flush();
  await queue.flush();
  expect(queue.waiting.value).toHaveLength(1);
  expect(timers.map(({ ms }) => ms)).toEqual([1000, 2000]);
  network.up = true;
  await queue.flush();
  expect(queue.waiting.value).toHaveLength(0);
  expect(network.reported).toEqual([1]);
});

test('a reload does not lose them', async () => {
  const { open, network } = device();
  network.up = false;
  const before = open();
  before.add(result(1));
  await before.flush();
  network.up = true;
  const after = open();
  expect(after.waiting.value).toHaveLength(1);
  await after.flush();
  expect(network.reported).toEqual([1]);
});

test('a result that the server will never take does not block the ones behind it', async () => {
  const reported: number[] = [];
  const queue = resultQueue({
    store: jsonStore<PartResult[]>('other', []),
    report: async ({ n }) => {
      if (n === 1) throw new ApiFailure(404, 'customer.not_found', '');
      reported.push(n);
    },
    later: () => () => {},
  });
  queue.add(result(1));
  queue.add(result(2));
  await vi.waitFor(() => expect(reported).toEqual([2]));
  expect(queue.waiting.value).toHaveLength(0);
});

test('sent is final, and a later result of the same part replaces an earlier one', () => {
  expect(withResult([result(1)], result(1, 'failed'))).toEqual([result(1)]);
  expect(withResult([result(1, 'failed')], result(1))).toEqual([result(1)]);
});

test('what was seen stays known when it has been told; of a send that goes on only what went out does', async () => {
  const { open } = device();
  const queue = open();
  queue.add(result(1));
  queue.add(result(2, 'failed'));
  await vi.waitFor(() => expect(queue.waiting.value).toHaveLength(0));
  expect(queue.seen('s1').map(({ n }) => n)).toEqual([1, 2]);
  expect(queue.seen('another')).toEqual([]);
  queue.takenUp('s1');
  expect(queue.seen('s1').map(({ n }) => n)).toEqual([1]);
});

test('an expired session, a busy server and silence are worth another try; a refusal is not', () => {
  for (const status of [0, 401, 408, 429, 500, 503]) expect(worthRetrying(new ApiFailure(status, '', ''))).toBe(true);
  for (const status of [400, 403, 404, 409, 410]) expect(worthRetrying(new ApiFailure(status, '', ''))).toBe(false);
  expect(backOffMs(1)).toBe(1000);
  expect(backOffMs(20)).toBe(60_000);
});
