import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop } from '../test-shop.ts';
import { notes } from './notes.table.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
});
afterAll(() => app.close());

const write = (noteId: string, text: string, staffUserId = 'zhou') =>
  app.app.inject({
    method: 'POST',
    url: '/api/sidebar/customers/wmLin/notes',
    headers: app.cookieOf(staffUserId),
    payload: { noteId, text },
  });

test('a note that is sent twice is one note, and keeps its first words', async () => {
  const noteId = uuidv7();
  const first = await write(noteId, '周末来店，给妈妈买');
  expect(first.json()).toMatchObject({ noteId, staffName: '周以宁', text: '周末来店，给妈妈买' });
  expect((await write(noteId, '别的')).json()).toEqual(first.json());
  expect(await app.database.db.$count(notes)).toBe(1);
});

test("another person's note id is not found", async () => {
  const noteId = uuidv7();
  await write(noteId, '我的');
  expect((await write(noteId, '她的', 'lu')).statusCode).toBe(404);
});

test('any text is kept as it was typed: emoji, right-to-left, zero-width, 4,000 characters; NUL, nothing and 4,001 are refused', async () => {
  for (const text of ['👩‍👧‍👦\u200d\u200b', '\u202bمرحبا\u202c', '=HYPERLINK("x")', '好'.repeat(4000)])
    expect((await write(uuidv7(), text)).json().text).toBe(text);
  for (const text of ['a\u0000b', '', '好'.repeat(4001)]) expect((await write(uuidv7(), text)).statusCode).toBe(400);
});
