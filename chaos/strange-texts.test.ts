import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { missingScripts } from '../apps/server/src/scripts/scripts.table.ts';
import { sends } from '../apps/server/src/sends/sends.table.ts';
import { startTestApp, type TestApp } from '../apps/server/src/test-app.ts';
import { afternoonClock, openShop, writeScript } from '../apps/server/src/test-shop.ts';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ clock: afternoonClock(), app: { staffRequestsPerMinute: 100_000 } });
  await openShop(world.deps);
  await writeScript(world.deps, { scriptId: 'gap', text: '{上次购买}' });
});
afterAll(() => world.close());

const customer = '/api/sidebar/customers/wmLin';
const ask = (method: 'POST' | 'PUT', url: string, payload: object) =>
  world.app.inject({ method, url, headers: world.cookieOf('zhou'), payload });

type Written = { status: number; kept: unknown };
const startGap = (more: object, sendId: string = randomUUID()) =>
  ask('POST', `${customer}/sends`, { sendId, scriptId: 'gap', version: 1, source: { kind: 'library' }, ...more });
const storedSend = async (sendId: string) => (await world.database.db.select().from(sends)).find((send) => send.sendId === sendId);

/** Every field of the sidebar that takes a person's own text: how to write into it, and what is in the store afterwards. */
const fields: Record<string, { longest: number; write(text: string): Promise<Written> }> = {
  'a note': {
    longest: 4_000,
    async write(text) {
      const answer = await ask('POST', `${customer}/notes`, { noteId: randomUUID(), text });
      return { status: answer.statusCode, kept: answer.json().text };
    },
  },
  'the title of a reminder': {
    longest: 100,
    async write(title) {
      const dueAt = world.clock.now().toISOString();
      const answer = await ask('POST', `${customer}/tasks`, { taskId: randomUUID(), title, scriptId: null, dueAt });
      return { status: answer.statusCode, kept: answer.json().title };
    },
  },
  'an edited message': {
    longest: 4_000,
    async write(text) {
      const sendId = randomUUID();
      const answer = await startGap({ edits: [{ n: 1, text }] }, sendId);
      const [part] = (await storedSend(sendId))?.parts ?? [];
      return { status: answer.statusCode, kept: part?.message.msgtype === 'text' ? part.message.text.content : null };
    },
  },
  'the value of a variable': {
    longest: 500,
    async write(text) {
      const sendId = randomUUID();
      const answer = await startGap({ fills: { 上次购买: text } }, sendId);
      const [part] = (await storedSend(sendId))?.parts ?? [];
      return { status: answer.statusCode, kept: part?.message.msgtype === 'text' ? part.message.text.content : null };
    },
  },
  'what the client says about a failure': {
    longest: 500,
    async write(errMsg) {
      const sendId = randomUUID();
      await startGap({ fills: { 上次购买: '精华' } }, sendId);
      const at = world.clock.now().toISOString();
      const answer = await ask('PUT', `${customer}/sends/${sendId}/parts/1`, { state: 'failed', errMsg, at });
      return { status: answer.statusCode, kept: answer.json().parts?.[0]?.errMsg };
    },
  },
  'a search that found nothing': {
    longest: 200,
    async write(query) {
      const requestId = randomUUID();
      const answer = await ask('POST', '/api/sidebar/missing-scripts', { requestId, query, wish: query, automatic: false });
      const row = (await world.database.db.select().from(missingScripts)).find((one) => one.requestId === requestId);
      return { status: answer.statusCode, kept: row?.query === row?.wish ? row?.query : [row?.query, row?.wish] };
    },
  },
};

const texts: Record<string, string> = {
  'emoji joined by zero-width joiners': '👩‍👧‍👦🏳️‍🌈👍🏽',
  'right to left, with marks': '\u202bمرحبا שלום\u202c \u200fend',
  'zero-width and combining characters': 'a\u200bb\u200c\ufeffc e\u0301 \u0e33',
  'characters beyond the first plane': '𠮷𩸽 𝒳',
  'what looks like a formula, SQL or markup': `=1+1 @SUM(A1) '; DROP TABLE notes;-- <script>alert(1)</script> [a] \\u0000 %00`,
  'line breaks of every kind': 'a\nb\r\nc\u2028d\te',
};
const refused: Record<string, string> = { NUL: 'a\u0000b', 'half a character': 'a\ud83d b', 'the other half': 'a\udc69' };

for (const [field, { longest, write }] of Object.entries(fields)) {
  test.each(Object.entries(texts))(`T19: ${field} keeps %s as it was written`, async (_what, text) => {
    const { status, kept } = await write(text);
    expect([status < 300, kept]).toEqual([true, text]);
  });
  test(`T19: ${field} holds ${longest} characters and no more`, async () => {
    const full = '好'.repeat(longest);
    const { status, kept } = await write(full);
    expect([status < 300, kept]).toEqual([true, full]);
    expect((await write(`${full}好`)).status).toBe(400);
  });
  test.each(Object.entries(refused))(`T19: ${field} refuses %s`, async (_what, text) => {
    expect((await write(text)).status).toBe(400);
  });
}
