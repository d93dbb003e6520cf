import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startTestApp } from '../apps/server/src/test-app.ts';
import { afternoonClock, openShop, writeScript } from '../apps/server/src/test-shop.ts';
import { fullSync } from '../apps/server/src/wecom-sync/full-sync.ts';

test('T20: avatars and links to a private address are handed on as text; nobody ever connects to it', async () => {
  let visitors = 0;
  const inside = createServer((socket) => {
    visitors += 1;
    socket.destroy();
  });
  await new Promise<void>((ready) => inside.listen(0, '127.0.0.1', ready));
  const address = inside.address();
  const secret = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/latest/meta-data`;
  const world = await startTestApp({ wecom: 'simulator', clock: afternoonClock() });
  try {
    await fullSync(world.deps, new AbortController().signal);
    await openShop(world.deps);
    await world.database.pool.query(`UPDATE customers SET avatar_url = $1 WHERE external_user_id = 'wmLin'`, [secret]);
    const link = { kind: 'link' as const, title: '说明', description: '', url: secret, cover: null };
    await writeScript(world.deps, { scriptId: 'link', parts: [link] });

    const headers = world.cookieOf('zhou');
    const panel = await world.app.inject({ url: '/api/sidebar/customers/wmLin', headers });
    expect(panel.json().customer.avatarUrl).toBe(secret);
    await world.app.inject({ url: '/api/sidebar/library', headers });
    const payload = { sendId: randomUUID(), scriptId: 'link', version: 1, source: { kind: 'library' } };
    const sent = await world.app.inject({ method: 'POST', url: '/api/sidebar/customers/wmLin/sends', headers, payload });
    expect(sent.json().parts[0].message).toMatchObject({ msgtype: 'news', news: { link: secret } });
  } finally {
    await world.close();
    await new Promise((closed) => inside.close(closed));
  }
  expect(visitors).toBe(0);
});
