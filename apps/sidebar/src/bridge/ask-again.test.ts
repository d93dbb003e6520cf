import { expect, test, vi } from 'vitest';
import { oneAtATime } from './ask-again.ts';

test('events of one breath are one question, and many while it is open cause exactly one more', async () => {
  const answers: (() => void)[] = [];
  const ask = vi.fn<() => Promise<void>>(() => new Promise<void>((resolve) => answers.push(resolve)));
  const askAgain = oneAtATime(ask);
  askAgain();
  askAgain();
  await Promise.resolve();
  expect(ask).toHaveBeenCalledTimes(1);
  askAgain();
  askAgain();
  expect(ask).toHaveBeenCalledTimes(1);
  answers[0]?.();
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  answers[1]?.();
  await vi.waitFor(async () => {
    askAgain();
    await Promise.resolve();
    expect(ask).toHaveBeenCalledTimes(3);
  });
});
