import { expect, test } from 'vitest';
import { cached } from './cached.ts';

function movableClock() {
  let ms = 0;
  return { now: () => new Date(ms), advance: (by: number) => (ms += by) };
}

test('a hundred readers at once load it once', async () => {
  let loads = 0;
  const value = cached({ clock: movableClock(), load: async () => (loads += 1) });
  await Promise.all(Array.from({ length: 100 }, () => value.get()));
  expect(loads).toBe(1);
});

test('for ten seconds nothing is asked; then readers get what is there while it is renewed', async () => {
  const clock = movableClock();
  let loads = 0;
  const value = cached({ clock, load: async () => (loads += 1) });
  await value.get();
  clock.advance(9_999);
  expect(await value.get()).toBe(1);
  clock.advance(1);
  expect(await value.get()).toBe(1);
  await expect.poll(() => value.get()).toBe(2);
});

test('after a long silence a reader waits for the new value', async () => {
  const clock = movableClock();
  let loads = 0;
  const value = cached({ clock, load: async () => (loads += 1) });
  await value.get();
  clock.advance(60_000);
  expect(await value.get()).toBe(2);
});

test('what is still current is not loaded again', async () => {
  const clock = movableClock();
  let loads = 0;
  const value = cached({ clock, load: async () => (loads += 1), isCurrent: async () => true });
  await value.get();
  clock.advance(60_000);
  expect(await value.get()).toBe(1);
});

test('a value that was forgotten while it was being loaded is not kept', async () => {
  const { promise: slow, resolve: finish } = Promise.withResolvers<string>();
  const answers = [slow, Promise.resolve('new')];
  const value = cached({ clock: movableClock(), load: () => answers.shift() ?? Promise.resolve('newest') });
  const early = value.get();
  value.forget();
  expect(await value.get()).toBe('new');
  finish('old');
  await early;
  expect(await value.get()).toBe('new');
});

test('a failed renewal keeps what is known', async () => {
  const clock = movableClock();
  let fail = false;
  const value = cached({ clock, load: async () => (fail ? Promise.reject(new Error('away')) : 'known') });
  await value.get();
  fail = true;
  clock.advance(20_000);
  expect(await value.get()).toBe('known');
});
