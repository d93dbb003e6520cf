import { deflateSync } from 'node:zlib';
import type { MediaRef } from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mediaUploads } from '../scripts/scripts.table.ts';
import { storeMedia } from '../scripts/store-media.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { openShop, writeScript } from '../test-shop.ts';

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), deflateSync(Buffer.alloc(64))]);

let app: TestApp;
let picture: MediaRef;
beforeAll(async () => {
  app = await startTestApp({ wecom: 'simulator' });
  await openShop(app.deps);
  picture = await storeMedia(app.deps.db, app.deps.config.wecom.corpId, { fileName: '领取方式.png', bytes: png }, app.clock.now());
  await writeScript(app.deps, { scriptId: 'picture', parts: [{ kind: 'image', media: picture }] });
});
afterAll(() => app.close());

const uploads = async (): Promise<number> => {
  const answer = await fetch(`${app.simulator?.url}/_sim/calls?path=/cgi-bin/media/upload&limit=1`);
  return ((await answer.json()) as { total: number }).total;
};
const start = (scriptId = 'picture', sendId = uuidv7()) =>
  app.app.inject({
    method: 'POST',
    url: '/api/sidebar/customers/wmLin/sends',
    headers: app.cookieOf('zhou'),
    payload: { sendId, scriptId, version: 1, source: { kind: 'library' } },
  });
const mediaIdOf = (answer: Awaited<ReturnType<typeof start>>): string => answer.json().parts[0].message.image.mediaid;

test('a picture is uploaded once, however many tap at once, and its id is used until it has an hour to live', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => start()));
  expect(new Set(answers.map(mediaIdOf)).size).toBe(1);
  expect(await uploads()).toBe(1);
  app.clock.advance(70 * 3_600_000);
  await start();
  expect(await uploads()).toBe(1);
  app.clock.advance(1.1 * 3_600_000);
  await start();
  expect(await uploads()).toBe(2);
});

test('a send that is taken up after its file died at WeCom gets a fresh id', async () => {
  const sendId = uuidv7();
  const first = await start('picture', sendId);
  await app.database.db.update(mediaUploads).set({ diesAt: app.clock.now(), broughtAt: new Date(0) });
  const again = await start('picture', sendId);
  expect(again.statusCode).toBe(200);
  expect(mediaIdOf(again)).not.toBe(mediaIdOf(first));
});

test('when WeCom does not take the file, the guide is told which one, and nothing is recorded', async () => {
  await app.database.db.delete(mediaUploads);
  await fetch(`${app.simulator?.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: '/cgi-bin/media/upload', status: 500, times: 20 }),
  });
  const answer = await start();
  await fetch(`${app.simulator?.url}/_sim/faults`, { method: 'DELETE' });
  expect([answer.statusCode, answer.json().error]).toMatchObject([503, { code: 'media.unavailable', details: { title: '领取方式.png' } }]);
});

test('the file is served by its hash without a session, as what it is and for ever', async () => {
  const answer = await app.app.inject({ url: `/media/${picture.sha256}` });
  expect(answer.rawPayload.equals(png)).toBe(true);
  expect(answer.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect((await app.app.inject({ url: `/media/${'0'.repeat(64)}` })).statusCode).toBe(404);
  expect((await app.app.inject({ url: '/media/..%2f..%2fetc' })).statusCode).toBe(404);
});

test('a script cannot name a file that was never stored', async () => {
  const parts = [{ kind: 'image' as const, media: { ...picture, sha256: 'f'.repeat(64) } }];
  await expect(writeScript(app.deps, { scriptId: 'hollow', parts })).rejects.toMatchObject({ code: 'request.invalid' });
});

test('a file is judged by its content: a page called .png is refused', async () => {
  const page = { fileName: 'x.png', bytes: Buffer.from('<html><script>alert(1)</script>') };
  await expect(storeMedia(app.deps.db, 'c', page, app.clock.now())).rejects.toMatchObject({ code: 'request.invalid' });
});
