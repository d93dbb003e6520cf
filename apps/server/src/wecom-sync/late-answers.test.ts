/** Several read from WeCom at once: what was asked earlier and comes later changes nothing. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { staff } from '../identity/identity.table.ts';
import { tags } from '../tags/tags.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { fullSync } from './full-sync.ts';
import { syncStaff } from './sync-staff.ts';
import { syncTags } from './sync-tags.ts';
import { watchStaff } from './watch-staff.ts';

vi.setConfig({ testTimeout: 60_000 });

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
  await fullSync(world.deps, new AbortController().signal);
});
afterAll(() => world.close());
beforeEach(() => control('DELETE', '/_sim/faults'));

async function control<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${world.simulator?.url}${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Begins `read`, whose next answer from `path` is written now and arrives late; resolves once it is written. */
async function readLate<T>(path: string, read: () => Promise<T>): Promise<{ end: Promise<T> }> {
  await control('POST', '/_sim/faults', { path, delay_ms: 1_000, after_effect: true, times: 1 });
  const end = read();
  await vi.waitUntil(async () => (await control<{ faults: unknown[] }>('GET', '/_sim/faults')).faults.length === 0, 10_000);
  return { end };
}

const tagNamed = async (name: string) => (await world.deps.db.select().from(tags).where(eq(tags.name, name)))[0];

test('a tag that was made while an earlier list of tags was on its way stays, and one that was deleted meanwhile does not come back', async () => {
  const { id: old } = await control<{ id: string }>('POST', '/_sim/tags', { group_name: '活动', name: '旧标签' });
  await syncTags(world.deps);
  const { end } = await readLate('externalcontact/get_corp_tag_list', () => syncTags(world.deps));
  await control('DELETE', `/_sim/tags/${old}`);
  await control('POST', '/_sim/tags', { group_name: '活动', name: '新标签' });
  await syncTags(world.deps);
  await end;
  expect((await tagNamed('新标签'))?.deletedAt).toBeNull();
  expect((await tagNamed('旧标签'))?.deletedAt).not.toBeNull();
});

test('somebody who left while all staff were being read is not brought back by the answer from before', async () => {
  const leftAt = async () => (await world.deps.db.select().from(staff).where(eq(staff.staffUserId, 'mengxi')))[0]?.leftAt;
  const department = world.simulator?.world.staff.get('mengxi')?.departments[0];
  if (department === undefined) throw new Error('the seed has no such guide');
  // Every department's members are written down before she leaves; the list of who has customers was asked for before.
  const { end } = await readLate('user/list', async () => {
    await syncStaff({
      ...world.deps,
      wecom: {
        ...world.deps.wecom,
        departments: async () => (await world.deps.wecom.departments()).filter(({ departmentId }) => departmentId === String(department)),
      },
    });
  });
  await control('POST', '/_sim/staff', { userid: 'mengxi', status: 5, silent: true });
  await watchStaff(world.deps);
  expect(await leftAt()).not.toBeNull();
  await end;
  expect(await leftAt()).not.toBeNull();
});
