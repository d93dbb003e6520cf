import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop } from '../test-shop.ts';
import { consoleOf, contentOf, hireHeadquarters } from './test-console.ts';

let app: TestApp;
let address: string;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock(), listen: true });
  await openShop(app.deps);
  await hireHeadquarters(app);
  address = app.app.listeningOrigin;
});
afterAll(() => app.close());

test('an open sidebar hears of a publishing within five seconds, and the server closes with the stream open', async () => {
  const answer = await fetch(`${address}/api/sidebar/library/changes`, { headers: app.cookieOf('zhou') });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const until = async (words: string) => {
    for (let read = ''; !read.includes(words);) {
      const { value, done } = (await reader?.read()) ?? { value: '', done: true };
      if (done) throw new Error(`the stream ended without ${words}`);
      read += value;
    }
  };
  // The first word comes when the connection listens: from then on nothing is missed.
  await until('event: library');
  const web = consoleOf(app);
  const begun = performance.now();
  await web.publish(contentOf('新的一条'));
  await until('event: library');
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test('nobody listens without a session', async () => {
  expect((await fetch(`${address}/api/sidebar/library/changes`)).status).toBe(401);
});
