import type { Role } from '@nextline/contract';
import { eq } from 'drizzle-orm';
import { staff } from '../identity/identity.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop, writeScript } from '../test-shop.ts';
import { callbackInbox } from '../wecom-callback/wecom-callback.table.ts';
import { syncDepartments } from '../wecom-sync/sync-staff.ts';
import { syncTags } from '../wecom-sync/sync-tags.ts';
import { wecomOutbox } from '../wecom-sync/wecom-sync.table.ts';
import { asItIs } from '../sentence.ts';

/** Who asks: one of each role. 周以宁 is a guide, 陆嘉明 manages her store. */
export const actors = ['zhou', 'lu', 'operator', 'admin', 'auditor'] as const;
export type Actor = (typeof actors)[number];
const headquarters: Role[] = ['operator', 'admin', 'auditor'];

/** A corp with a WeCom, two stores, somebody in every role, and one of most things that an id can name. */
export async function openCorp(): Promise<TestApp> {
  const world = await startTestApp({ wecom: 'simulator', clock: afternoonClock(), app: { staffRequestsPerMinute: 10_000_000 } });
  const { deps } = world;
  await syncDepartments(deps);
  await syncTags(deps);
  await openShop(deps);
  const { corpId } = deps.config.wecom;
  const row = (staffUserId: string, role: Role) => ({
    corpId,
    staffUserId,
    name: staffUserId,
    role,
    roleByHand: true,
    syncedAt: deps.clock.now(),
  });
  await deps.db.insert(staff).values([...headquarters, 'admin' as const].map((role, n) => row(n === 3 ? 'admin2' : role, role)));
  await writeScript(deps, { scriptId: 'hello' });
  await writeScript(deps, { scriptId: 'offer', purpose: 'marketing' });
  await fillCorp(world);
  meetInWeCom(world, ['zhou', 'lu', 'qian', 'admin2', ...headquarters]);
  return world;
}

/** Whoever of ours is in the store is also in WeCom, or our people would be found to have left and every request of theirs refused. */
function meetInWeCom({ simulator }: TestApp, userIds: readonly string[]): void {
  const staffThere = simulator?.world.staff;
  const somebody = staffThere?.values().next().value;
  if (!simulator || !staffThere || !somebody) throw new Error('the simulator has nobody');
  for (const userid of userIds)
    staffThere.set(userid, { ...somebody, userid, name: userid, position: '', departments: [1], isLeader: false, status: 1 });
  // 林小姐 is there too: her tags are written to WeCom.
  const { people, follows } = simulator.world;
  const [person, follow] = [people.values().next().value, follows.values().next().value];
  if (!person || !follow) throw new Error('the simulator has no customers');
  people.set('wmLin', { ...person, externalUserid: 'wmLin', name: 'Linda' });
  const known = { ...follow, staff: 'zhou', externalUserid: 'wmLin', remark: '林小姐', tagIds: [], endedAt: null, endedBy: null };
  follows.set('zhou\nwmLin', known);
}

/** 钱朵's own script: such an id is always a UUID. */
export const qiansOwn = '0198c0de-0000-7000-8000-00000000a004';
/** Of 周以宁 and 林小姐. */
export const unsureWrite = '0198c0de-0000-7000-8000-00000000b009';

/** What 钱朵 in the other store has, and what 周以宁 has: each made as she would make it. */
async function fillCorp(world: TestApp): Promise<void> {
  await writeScript(world.deps, { scriptId: qiansOwn, visibility: { scope: 'personal', ownerUserId: 'qian' } });
  await writeScript(world.deps, { scriptId: 'other-store', visibility: { scope: 'store', storeId: 'jajl' } });
  const { deps } = world;
  const at = deps.clock.now();
  await deps.db.insert(callbackInbox).values(
    ['a', 'b', 'c'].map((letter) => ({
      corpId: deps.config.wecom.corpId,
      payloadHash: letter.repeat(64),
      xml: '<xml/>',
      event: 'change_external_contact',
      lane: 'customer:wmLin',
      receivedAt: at,
      nextAttemptAt: at,
      status: 'dead' as const,
      settledAt: at,
      failure: asItIs('试了几次都不行'),
    })),
  );
  await deps.db.insert(wecomOutbox).values({
    corpId: deps.config.wecom.corpId,
    externalUserId: 'wmLin',
    writeId: unsureWrite,
    kind: 'mark_tag',
    payload: { staffUserId: 'zhou', add: ['gone'], remove: [] },
    createdAt: at,
    status: 'unsure',
    nextAttemptAt: at,
    settledAt: at,
  });
  for (const [who, externalUserId, mark] of [
    ['qian', 'wmChen', 'a'],
    ['zhou', 'wmLin', 'b'],
  ] as const) {
    const url = `/api/sidebar/customers/${externalUserId}`;
    const headers = world.cookieOf(who);
    const uuid = (n: number) => `0198c0de-0000-7000-8000-00000000${mark}00${n}`;
    const dueAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    const made = await Promise.all([
      world.app.inject({ method: 'POST', url: `${url}/notes`, headers, payload: { noteId: uuid(1), text: '记一笔' } }),
      world.app.inject({
        method: 'POST',
        url: `${url}/tasks`,
        headers,
        payload: { taskId: uuid(2), title: '回访', scriptId: null, dueAt },
      }),
      world.app.inject({
        method: 'POST',
        url: `${url}/sends`,
        headers,
        payload: { sendId: uuid(3), scriptId: 'hello', version: 1, source: { kind: 'library' } },
      }),
    ]);
    for (const answer of made) if (answer.statusCode >= 300) throw new Error(`the corp could not be filled: ${answer.body}`);
  }
}

/** Fuzzing takes roles away and moves people; afterwards they are who they were. */
export async function restoreActors({ deps }: TestApp): Promise<void> {
  const stores = { zhou: 'njxl', lu: 'njxl', qian: 'jajl' };
  const roles: [string, Role][] = [
    ['zhou', 'guide'],
    ['qian', 'guide'],
    ['lu', 'manager'],
    ['admin2', 'admin'],
    ...headquarters.map((role): [string, Role] => [role, role]),
  ];
  for (const [staffUserId, role] of roles) {
    const storeId = Object.entries(stores).find(([id]) => id === staffUserId)?.[1] ?? null;
    await deps.db
      .update(staff)
      .set({ role, roleByHand: true, storeByHand: true, leftAt: null, storeId, followsCustomers: storeId !== null })
      .where(eq(staff.staffUserId, staffUserId));
  }
}
