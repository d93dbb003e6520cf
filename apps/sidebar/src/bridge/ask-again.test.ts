import { expect, test, vi } from 'vitest';
import { oneAtATime } from './ask-again.ts';

test('many events while a question is open cause exactly one more question', async () => {
  const answers: (() => void)[] = [];
  const ask = vi.fn<() => Promise<void>>(() => new Promise<void>((resolve) => answers.push(resolve)));
  const askAgain = oneAtATime(ask);
  askAgain();
  askAgain();
  askAgain();
  expect(ask).toHaveBeenCalledTimes(1);
  answers[0]?.();
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  answers[1]?.();
  await vi.waitFor(() => {
    askAgain();
    expect(ask).toHaveBeenCalledTimes(3);
  });
});
