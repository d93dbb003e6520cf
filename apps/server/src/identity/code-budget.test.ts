import { expect, test } from 'vitest';
import { createCodeBudget } from './code-budget.ts';

const came = (answer: 'good' | 'refused' | 'neither') => answer;
const refused = async () => 'refused' as const;
const good = async () => 'good' as const;

test('good codes are counted nowhere: five hundred guides behind one address sign in at nine', async () => {
  const budget = createCodeBudget(() => 0);
  const answers = await Promise.all(Array.from({ length: 500 }, () => budget.exchange('shop', good, came)));
  expect(new Set(answers)).toEqual(new Set(['good']));
});

test('somebody with made-up codes gets thirty answers, then one each four seconds, and no more by asking all at once', async () => {
  let now = 0;
  const budget = createCodeBudget(() => now);
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return refused();
  };
  const answers = await Promise.all(Array.from({ length: 500 }, () => budget.exchange('there', ask, came)));
  expect(asked).toBe(30);
  expect(answers.filter((answer) => answer !== 'refused')).toHaveLength(470);
  expect(await budget.exchange('there', ask, came)).toEqual({ tooManyForMs: 4_000 });
  now = 3_000;
  expect(await budget.exchange('there', ask, came)).toEqual({ tooManyForMs: 1_000 });
  now = 4_000;
  expect(await budget.exchange('there', ask, came)).toBe('refused');
  expect(await budget.exchange('there', ask, came)).toEqual({ tooManyForMs: 4_000 });
  expect(await budget.exchange('elsewhere', good, came)).toBe('good');
});

test('made-up codes from a thousand addresses come to three hundred, and where somebody has signed in before it goes on', async () => {
  const budget = createCodeBudget(() => 0);
  await budget.exchange('shop', good, came);
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return refused();
  };
  for (let n = 0; n < 1_000; n += 1) await budget.exchange(`address ${n}`, ask, came);
  expect(asked).toBe(300);
  expect(await budget.exchange('new shop', good, came)).toEqual({ tooManyForMs: 1_000 });
  expect(await budget.exchange('shop', good, came)).toBe('good');
  expect(await budget.exchange('shop', refused, came)).toBe('refused');
});

test('a WeCom that does not answer uses nothing up', async () => {
  const budget = createCodeBudget(() => 0);
  for (let n = 0; n < 100; n += 1) expect(await budget.exchange('shop', async () => 'neither' as const, came)).toBe('neither');
  await expect(budget.exchange('shop', () => Promise.reject(new Error('broken')), came)).rejects.toThrow('broken');
  expect(await budget.exchange('shop', good, came)).toBe('good');
});
