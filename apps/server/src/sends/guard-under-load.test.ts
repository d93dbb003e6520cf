import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { touchSummaries } from '../customers/customers.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop, writeScript } from '../test-shop.ts';
import { sends } from './sends.table.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock(), app: { staffRequestsPerMinute: 100_000 } });
  await openShop(app.deps);
  await writeScript(app.deps, { scriptId: 'offer', purpose: 'marketing', text: '618 开始了' });
  await writeScript(app.deps, { scriptId: 'help', text: '我在' });
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.database.db.delete(sends);
  await app.database.db.delete(touchSummaries);
});

const url = '/api/sidebar/customers/wmLin/sends';
/** Whoever is told that the store is busy asks again, as the page does: a slow machine turns some of a thousand away. */
async function start(scriptId: string) {
  const payload = { sendId: uuidv7(), scriptId, version: 1, source: { kind: 'library' } };
  for (;;) {
    const answer = await app.app.inject({ method: 'POST', url, headers: app.cookieOf('zhou'), payload });
    if (answer.statusCode !== 503) return answer;
  }
}
const codes = async (answers: Awaited<ReturnType<typeof start>>[]) => {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const code = answer.statusCode === 200 ? 'allowed' : String(answer.json().error.code);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
};

test('T15: a thousand marketing sends at once with one place left: exactly one goes, every other is told the rule and when it ends', async () => {
  await start('offer');
  await start('offer');
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => start('offer')));
  expect(await codes(answers)).toEqual({ allowed: 1, 'guard.cap': 999 });
  const refusals = answers.filter((answer) => answer.statusCode !== 200).map((answer) => answer.json().error);
  const told = {
    message: expect.stringMatching(/7 天内最多 3 次，全店合计.*起可发/),
    details: { cap: 3, count: 3, endsAt: expect.any(String) },
  };
  for (const refusal of refusals) expect(refusal).toMatchObject(told);
  expect(await app.database.db.$count(sends)).toBe(3);
});

test('with no touch ever before, 200 at once still let exactly the cap through', async () => {
  expect(await codes(await Promise.all(Array.from({ length: 200 }, () => start('offer'))))).toEqual({ allowed: 3, 'guard.cap': 197 });
});

test('service is let through beside them, all of it', async () => {
  const mixed = Array.from({ length: 60 }, (_, n) => start(n % 2 === 0 ? 'offer' : 'help'));
  expect(await codes(await Promise.all(mixed))).toEqual({ allowed: 33, 'guard.cap': 27 });
});
