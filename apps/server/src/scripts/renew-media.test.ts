import { deflateSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hourMs } from '../corp-time.ts';
import { openDatabase } from '../database.ts';
import { runDoctor } from '../doctor/run-doctor.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { openShop, writeScript } from '../test-shop.ts';
import { mediaNow } from './media-now.ts';
import { renewMedia } from './renew-media.ts';
import { mediaTroubles, mediaUploads, scripts, scriptVersions } from './scripts.table.ts';
import { largestBytes } from './sniff-content.ts';
import { storeMedia } from './store-media.ts';
import { wecomMediaId } from './wecom-media.ts';

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const picture = (n: number) => Buffer.concat([pngStart, deflateSync(Buffer.alloc(64, n))]);

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ wecom: 'simulator' });
  await openShop(app.deps);
});
afterAll(() => app.close());
beforeEach(async () => {
  await control('DELETE', '/_sim/faults');
  for (const table of [mediaUploads, mediaTroubles, scripts, scriptVersions]) await app.deps.db.delete(table);
});

async function control(method: 'POST' | 'DELETE', path: string, body?: object): Promise<void> {
  const json = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  expect((await fetch(`${app.simulator?.url}${path}`, { method, ...json })).ok).toBe(true);
}
/** As time passes at WeCom; ours stands still. */
const passesAtWeCom = async (ms: number) => {
  await control('POST', '/_sim/clock', { advance_ms: ms });
  await app.deps.wecom.followUsers();
};
const uploads = async (): Promise<number> => {
  const answer = await fetch(`${app.simulator?.url}/_sim/calls?path=/cgi-bin/media/upload&limit=1`);
  return ((await answer.json()) as { total: number }).total;
};
const publish = async (scriptId: string, n: number) => {
  const file = { fileName: `${scriptId}.png`, bytes: picture(n) };
  const media = await storeMedia(app.deps.db, app.deps.config.wecom.corpId, file, app.clock.now());
  await writeScript(app.deps, { scriptId, parts: [{ kind: 'image', media }] });
  return media;
};
const never = new AbortController().signal;
const renew = () => renewMedia(app.deps, never);
const upload = '/cgi-bin/media/upload';

// First, while WeCom's clock has not been moved yet.
test('with a clock of ours that is days ahead of WeCom, no file is brought twice within an hour', async () => {
  const ahead = 2.6 * 24 * hourMs;
  app.clock.advance(ahead);
  try {
    const media = await publish('trial', 1);
    const before = await uploads();
    expect([await renew(), await renew()]).toEqual([1, 0]);
    expect(await mediaNow(app.deps)).toMatchObject({ used: 1, ready: 1 });
    app.clock.advance(0.9 * hourMs);
    expect(await renew()).toBe(0);
    const tapped = await wecomMediaId(app.deps, { ...media, kind: 'image', title: 'trial' });
    expect((await uploads()) - before).toBe(1);
    app.clock.advance(0.2 * hourMs);
    expect(await renew()).toBe(1);
    expect(await wecomMediaId(app.deps, { ...media, kind: 'image', title: 'trial' })).not.toBe(tapped);
    // Put right again, which makes the last upload one of the future.
    app.clock.advance(-ahead);
    expect([await renew(), await renew()]).toEqual([0, 0]);
    expect((await uploads()) - before).toBe(2);
    app.clock.advance(ahead - 1.1 * hourMs);
  } finally {
    app.clock.advance(-ahead);
  }
});

test('what a published script uses lies at WeCom before anybody taps it, and is brought anew after 60 hours, not earlier', async () => {
  const media = await publish('trial', 1);
  await publish('refill', 2);
  const before = await uploads();
  expect(await mediaNow(app.deps)).toMatchObject({ used: 2, ready: 0 });
  expect(await renew()).toBe(2);
  expect(await mediaNow(app.deps)).toMatchObject({ used: 2, ready: 2, failing: [] });
  const first = await wecomMediaId(app.deps, { ...media, kind: 'image', title: 'trial' });
  expect((await uploads()) - before).toBe(2);

  await passesAtWeCom(59 * hourMs);
  expect(await renew()).toBe(0);
  await passesAtWeCom(1.1 * hourMs);
  expect(await renew()).toBe(2);
  expect(await wecomMediaId(app.deps, { ...media, kind: 'image', title: 'trial' })).not.toBe(first);
  expect((await uploads()) - before).toBe(4);
});

test('the files of a script that is out of use are not brought, also while a draft of it is written', async () => {
  await publish('over', 3);
  await app.deps.db.update(scripts).set({ status: 'draft', retiredAt: app.clock.now() }).where(eq(scripts.scriptId, 'over'));
  expect(await mediaNow(app.deps)).toMatchObject({ used: 0 });
  expect(await renew()).toBe(0);
});

test('a file that died at WeCom while nobody looked is brought anew by the tap itself', async () => {
  const media = await publish('trial', 1);
  await renew();
  const before = await uploads();
  await passesAtWeCom(73 * hourMs);
  const taps = Array.from({ length: 20 }, () => wecomMediaId(app.deps, { ...media, kind: 'image', title: 'trial' }));
  expect(new Set(await Promise.all(taps)).size).toBe(1);
  expect((await uploads()) - before).toBe(1);
});

test('several processes that renew at once bring each file once', async () => {
  await Promise.all([1, 2, 3, 4].map((n) => publish(`script ${n}`, n)));
  const before = await uploads();
  const others = [0, 1].map(() => openDatabase({ url: app.database.url, max: 4, onError: () => undefined }));
  const processes = [app.deps, ...others.map(({ db }) => ({ ...app.deps, db }))];
  const tapped = { ...(await publish('script 1', 1)), kind: 'image' as const, title: 'script 1' };
  await Promise.all(processes.flatMap((deps) => [renewMedia(deps, never), wecomMediaId(deps, tapped)]));
  expect((await uploads()) - before).toBe(4);
  for (const { close } of others) await close();
});

test('a renewal that fails is seen in health, metrics and doctor twelve hours before a guide meets it, and is over with the next that succeeds', async () => {
  await publish('trial', 1);
  await renew();
  await passesAtWeCom(61 * hourMs);
  await control('POST', '/_sim/faults', { path: upload, errcode: 40009, errmsg: 'invalid image size' });
  expect(await renew()).toBe(0);
  expect(await mediaNow(app.deps)).toMatchObject({
    used: 1,
    ready: 1,
    failing: [{ title: 'trial · trial.png', reason: expect.stringContaining('40009') }],
  });
  expect((await app.app.inject({ url: '/health/ready' })).json().media).toMatchObject({
    used: 1,
    ready: 1,
    failing: 1,
    troubles: [{ title: 'trial · trial.png' }],
  });
  expect((await app.app.inject({ url: '/metrics' })).body).toMatch(/^nextline_media_failing 1$/m);

  const report = await runDoctor({ config: app.deps.config, wrong: [], sentences: [] }, { clock: app.clock });
  expect(report.checks.find(({ id }) => id === 'media_ready')).toMatchObject({
    state: 'failed',
    sentence: { key: 'media_ready.failing', given: { names: ['trial · trial.png'] } },
  });

  const asked = await uploads();
  expect(await renew()).toBe(0);
  expect(await uploads()).toBe(asked);
  await control('DELETE', '/_sim/faults');
  await passesAtWeCom(2 * 60_000);
  expect(await renew()).toBe(1);
  expect(await mediaNow(app.deps)).toMatchObject({ used: 1, ready: 1, failing: [] });
});

test('a file that WeCom refuses does not keep the others from it; a WeCom that is away is not asked for every file', async () => {
  await publish('bad', 1);
  await publish('good', 2);
  await control('POST', '/_sim/faults', { path: upload, errcode: 40009, times: 1 });
  expect(await renew()).toBe(1);
  expect(await mediaNow(app.deps)).toMatchObject({ used: 2, ready: 1 });

  await app.deps.db.delete(mediaUploads);
  await app.deps.db.delete(mediaTroubles);
  const before = await uploads();
  await control('POST', '/_sim/faults', { path: upload, errcode: -1 });
  expect(await renew()).toBe(0);
  expect((await uploads()) - before).toBe(4);
});

test.each([
  ['a picture', 'x.png', picture(1), largestBytes.image],
  ['a video', 'x.mp4', Buffer.from('\0\0\0\x18ftypisom', 'latin1'), largestBytes.video],
  ['a document', 'x.pdf', Buffer.from('%PDF-1.7', 'latin1'), largestBytes.file],
])('%s as large as WeCom takes is stored, a byte more is refused', async (_, fileName, start, limit) => {
  const sized = (length: number) => Buffer.concat([start, Buffer.alloc(length - start.length)]);
  const { corpId } = app.deps.config.wecom;
  const now = app.clock.now();
  expect(await storeMedia(app.deps.db, corpId, { fileName, bytes: sized(limit) }, now)).toMatchObject({ byteSize: limit });
  await expect(storeMedia(app.deps.db, corpId, { fileName, bytes: sized(limit + 1) }, now)).rejects.toMatchObject({
    code: 'request.invalid',
  });
});

test.each([
  ['five bytes, which WeCom refuses whatever they are', 'x.pdf', Buffer.from('%PDF-')],
  ['a film of an iPhone', 'x.mov', Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0', 'latin1')],
  ['a photo of an iPhone', 'x.mp4', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')],
  ['a program that calls itself a picture', 'x.png', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')],
])('%s is refused when it is stored', async (_, fileName, bytes) => {
  const storing = storeMedia(app.deps.db, app.deps.config.wecom.corpId, { fileName, bytes }, app.clock.now());
  await expect(storing).rejects.toMatchObject({ code: 'request.invalid' });
});
