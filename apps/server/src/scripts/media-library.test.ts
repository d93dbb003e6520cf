import sharp from 'sharp';
import { mediaPage, mediaRow } from '@nextline/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop } from '../test-shop.ts';
import { consoleOf, contentOf, hireHeadquarters, multipart } from './test-console.ts';

let app: TestApp;
let web: ReturnType<typeof consoleOf>;
let picture: Buffer;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
  await hireHeadquarters(app);
  web = consoleOf(app);
  picture = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#0b666a' } })
    .png()
    .toBuffer();
});
afterAll(() => app.close());

const upload = (fileName: string, bytes: Buffer, who = 'luyiming') => {
  const { payload, headers } = multipart(fileName, bytes);
  return app.app.inject({ method: 'POST', url: '/api/admin/media', headers: { ...app.cookieOf(who), ...headers }, payload });
};
const pieces = (path: string, headers: Record<string, string> = {}) => app.app.inject({ url: path, headers });

test('a picture is kept once with its size and a small form, whatever it is called', async () => {
  const row = mediaRow.parse((await upload('C:\\图片\\一周使用.png', picture)).json());
  expect(row).toMatchObject({ fileName: '一周使用.png', kind: 'image', width: 800, height: 600, usedIn: [] });
  expect(mediaRow.parse((await upload('again.png', picture)).json()).sha256).toBe(row.sha256);
  expect(mediaPage.parse((await web.call('hexin', 'GET', '/media')).json()).total).toBe(1);
  const small = await pieces(`/media/${row.sha256}/thumbnail`);
  expect(small.headers['content-type']).toBe('image/webp');
  expect(await sharp(small.rawPayload).metadata()).toMatchObject({ width: 320, height: 240 });
});

test('what is not what it says, is broken or too large is refused in words', async () => {
  const message = async (fileName: string, bytes: Buffer) => (await upload(fileName, bytes)).json().error.details.issues[0].message;
  expect(await message('page.png', Buffer.from('<html><script>alert(1)</script>'))).toBe('只收 JPG、PNG、MP4、PDF 和 Office 文件。');
  expect(await message('broken.png', picture.subarray(0, 60))).toBe('这张图片打不开，可能坏了。换一张再传。');
  expect(await message('large.pdf', Buffer.concat([Buffer.from('%PDF-1.4'), Buffer.alloc(21 * 1024 * 1024)]))).toBe(
    '文件太大，最多 20 MB。',
  );
  // A zip whose name ends like a property of every object.
  expect((await upload('a.__proto__', Buffer.from('PK\u0003\u0004 and so on'))).statusCode).toBe(400);
  expect((await upload('a.png', picture, 'hexin')).statusCode).toBe(403);
  expect((await web.call('luyiming', 'POST', '/media', { file: 'a' })).json().error.details.issues[0].path).toBe('file');
});

test('a file that a draft holds says where, and is not deleted before', async () => {
  const file = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const { sha256, fileName, byteSize, contentType } = mediaRow.parse((await upload('b.png', file)).json());
  const part = { kind: 'image' as const, media: { sha256, fileName, byteSize, contentType } };
  const { scriptId, revision } = await web.create('luyiming', contentOf('', { title: '有图', parts: [part] }));
  const refused = await web.call('luyiming', 'DELETE', `/media/${sha256}`);
  expect([refused.statusCode, refused.json().error]).toMatchObject([
    409,
    { code: 'media.in_use', details: { usedIn: [{ scriptId, title: '有图' }] } },
  ]);
  await web.step('luyiming', scriptId, 'discard', revision);
  expect((await web.call('luyiming', 'DELETE', `/media/${sha256}`)).statusCode).toBe(204);
  expect((await pieces(`/media/${sha256}`)).statusCode).toBe(404);
  const late = await web.call('luyiming', 'POST', '/scripts', {
    scriptId: '01900000-0000-7000-8000-000000000001',
    content: contentOf('', { parts: [part] }),
  });
  expect(late.json().error.details.issues[0]).toMatchObject({ path: 'body.content.parts.0' });
});

test('of scripts that somebody does not find a file only says how many hold it, and it stays for them too', async () => {
  const file = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#eee' } })
    .png()
    .toBuffer();
  const { sha256, fileName, byteSize, contentType } = mediaRow.parse((await upload('c.png', file)).json());
  const parts = [{ kind: 'image' as const, media: { sha256, fileName, byteSize, contentType } }];
  const { scriptId } = await web.create(
    'luyiming',
    contentOf('', { title: '本店', parts, audience: { kind: 'stores', storeIds: ['njxl'] } }),
  );
  await web.create('luyiming', contentOf('', { title: '别店', parts, audience: { kind: 'stores', storeIds: ['jajl'] } }));
  await web.create('luyiming', contentOf('', { title: '陆一鸣自己的', parts, audience: { kind: 'personal', ownerUserId: 'luyiming' } }));
  const usesOf = async (who: string) => {
    const { media } = mediaPage.parse((await web.call(who, 'GET', '/media')).json());
    const { usedIn = [], usedElsewhere } = media.find((row) => row.sha256 === sha256) ?? {};
    return [usedIn.map(({ title }) => title).toSorted(), usedElsewhere];
  };
  expect(await usesOf('lu')).toEqual([['本店'], 2]);
  expect(await usesOf('chenlan')).toEqual([['别店', '本店'], 1]);
  const refused = (await web.call('chenlan', 'DELETE', `/media/${sha256}`)).json().error;
  expect(refused).toMatchObject({ message: '还有 3 条话术在用它，不能删。', details: { usedElsewhere: 1 } });
  expect(JSON.stringify(refused)).not.toContain('陆一鸣自己的');
  expect(JSON.stringify(refused)).toContain(scriptId);
});

test('a player reads a film in pieces', async () => {
  const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42'), Buffer.from('0123456789')]);
  const { sha256 } = mediaRow.parse((await upload('手法.mp4', film)).json());
  const piece = await pieces(`/media/${sha256}`, { range: 'bytes=12-15' });
  expect([piece.statusCode, piece.headers['content-range'], piece.body]).toEqual([206, `bytes 12-15/${film.length}`, '0123']);
  expect((await pieces(`/media/${sha256}`, { range: 'bytes=99-' })).statusCode).toBe(416);
  expect((await pieces(`/media/${sha256}`)).rawPayload.equals(film)).toBe(true);
  // Larger than what is read at once.
  const long = Buffer.concat([film, Buffer.alloc(1_300_000, 'abcdefg')]);
  const { sha256: longer } = mediaRow.parse((await upload('lang.mp4', long)).json());
  const whole = await pieces(`/media/${longer}`);
  expect([whole.statusCode, whole.headers['content-length'], whole.rawPayload.equals(long)]).toEqual([200, String(long.length), true]);
  const middle = await pieces(`/media/${longer}`, { range: 'bytes=600000-1200000' });
  expect(middle.rawPayload.equals(long.subarray(600_000, 1_200_001))).toBe(true);
});
