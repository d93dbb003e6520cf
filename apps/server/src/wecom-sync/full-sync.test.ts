import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { customers, follows } from '../customers/customers.table.ts';
import { departments, staff, stores } from '../identity/identity.table.ts';
import { tags } from '../tags/tags.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { fullSync, needsFullSync } from './full-sync.ts';
import { syncProgress } from './sync-progress.ts';
import { syncRuns } from './wecom-sync.table.ts';

// Each test syncs the whole brand at least once: 2 s, or much more where the machine has other work.
vi.setConfig({ testTimeout: 60_000 });

const never = new AbortController().signal;

async function withWorld(work: (world: TestApp) => Promise<void>): Promise<void> {
  const world = await startTestApp({ wecom: 'simulator' });
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

const withoutTime = <Row extends { syncedAt: Date }>(rows: Row[]) => rows.map((row) => ({ ...row, syncedAt: new Date(0) }));

/** All that the sync stores, without the times at which it was read. */
async function stored({ deps }: TestApp) {
  return {
    customers: withoutTime(await deps.db.select().from(customers).orderBy(customers.externalUserId)),
    follows: withoutTime(await deps.db.select().from(follows).orderBy(follows.externalUserId, follows.staffUserId)),
    staff: withoutTime(await deps.db.select().from(staff).orderBy(staff.staffUserId)),
    tags: withoutTime(await deps.db.select().from(tags).orderBy(tags.tagId)),
    departments: await deps.db.select().from(departments).orderBy(departments.departmentId),
    stores: await deps.db.select().from(stores).orderBy(stores.storeId),
    outcomes: (await deps.db.execute(sql`SELECT outcome_id, kind, occurred_at FROM outcomes ORDER BY outcome_id`)).rows,
    summaries: (await deps.db.execute(sql`SELECT external_user_id, pulse_customer FROM touch_summaries ORDER BY external_user_id`)).rows,
  };
}

async function control(world: TestApp, method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(`${world.simulator?.url}${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  expect(answer.ok).toBe(true);
}

test('after the first sync the store says what WeCom says: every relation with remark, tags, source and beginning', () =>
  withWorld(async (world) => {
    expect(await needsFullSync(world.deps)).toBe(true);
    expect(await fullSync(world.deps, never)).toBe('done');
    expect(await needsFullSync(world.deps)).toBe(false);
    const there = world.simulator?.world;
    if (!there) throw new Error('no simulator');
    const expected = [...there.follows.values()]
      .filter((follow) => follow.endedBy !== 'staff')
      .map((follow) => ({
        corpId: there.corp.corpId,
        externalUserId: follow.externalUserid,
        staffUserId: follow.staff,
        remark: follow.remark,
        description: follow.description,
        mobiles: follow.remarkMobiles,
        tagIds: follow.tagIds.toSorted(),
        addWay: follow.addWay,
        state: follow.state === '' ? null : follow.state,
        followedAt: new Date(Math.floor(follow.createdAt / 1000) * 1000),
        // One whom the customer has deleted is listed all the same: only the event tells, and there was none.
        endedAt: null,
        endedBy: null,
        pendingTagIds: [],
        syncedAt: new Date(0),
      }))
      .toSorted((a, b) => (`${a.externalUserId}\n${a.staffUserId}` < `${b.externalUserId}\n${b.staffUserId}` ? -1 : 1));
    const here = await stored(world);
    expect(here.follows.map((row) => ({ ...row, tagIds: row.tagIds.toSorted() }))).toEqual(expected);
    expect(here.customers).toHaveLength(new Set(expected.map((follow) => follow.externalUserId)).size);
    expect(here.customers.every((customer) => there.people.get(customer.externalUserId)?.name === customer.name)).toBe(true);
    expect(here.tags.map((tag) => tag.tagId)).toEqual(there.tagGroups.flatMap((group) => group.tags.map((tag) => tag.tagId)).toSorted());
    expect(here.staff.filter((person) => person.role === 'manager')).toHaveLength(6);
    expect(here.stores.map((store) => [store.region, store.name])).toContainEqual(['华东区', '南京西路店']);
    expect(await syncProgress(world.deps.db)).toMatchObject({
      finished: true,
      staffDone: 33,
      staffTotal: 33,
      customersStored: expected.length,
    });
  }));

test('staff who come back empty have a reason', () =>
  withWorld(async (world) => {
    await fullSync(world.deps, never);
    expect((await syncProgress(world.deps.db)).reasons).toMatchObject({ shenqiao: { code: 'none_yet' }, luyiming: { code: 'none_yet' } });
  }));

test('a second run changes nothing', () =>
  withWorld(async (world) => {
    await fullSync(world.deps, never);
    const first = await stored(world);
    await world.deps.db.delete(syncRuns);
    await fullSync(world.deps, never);
    expect(await stored(world)).toEqual(first);
  }));

test('a run that is cut off again and again goes on where it was, and ends with the same store', () =>
  withWorld(async (world) => {
    let cuts = 0;
    for (; await needsFullSync(world.deps); cuts += 1) {
      const cut = new AbortController();
      // Ends after the first page that it stores, as a kill would.
      const before = (await syncProgress(world.deps.db)).customersStored;
      const watch = (async () => {
        while (!cut.signal.aborted && (await syncProgress(world.deps.db)).customersStored === before)
          await new Promise((done) => setTimeout(done, 2));
        cut.abort();
      })();
      await fullSync(world.deps, cut.signal);
      cut.abort();
      await watch;
    }
    expect(cuts).toBeGreaterThan(1);
    const inPieces = await stored(world);
    expect(await world.deps.db.select().from(syncRuns)).toHaveLength(1);
    await world.deps.db.delete(syncRuns);
    await fullSync(world.deps, never);
    expect(await stored(world)).toEqual(inPieces);
  }));

test('two processes that sync at once end with the same store and count each page once', () =>
  withWorld(async (world) => {
    await Promise.all([fullSync(world.deps, never), fullSync(world.deps, never)]);
    const progress = await syncProgress(world.deps.db);
    expect(progress).toMatchObject({ finished: true, staffDone: 33, customersStored: (await stored(world)).follows.length });
  }));

test('a failed read in the middle deletes nothing, and is tried again until it succeeds', () =>
  withWorld(async (world) => {
    await control(world, 'POST', '/_sim/faults', { path: '/cgi-bin/externalcontact/batch/get_by_user', errcode: -1, times: 4 });
    await fullSync(world.deps, never);
    const progress = await syncProgress(world.deps.db);
    expect(progress).toMatchObject({ finished: true, failure: null, customersStored: (await stored(world)).follows.length });
    expect((await stored(world)).follows.every((follow) => follow.endedAt === null)).toBe(true);
  }));

test('one staff member who cannot be read does not keep the others from being read, and is named', () =>
  withWorld(async (world) => {
    const there = world.simulator?.world;
    const following = await world.deps.wecom.followUsers();
    // Still in the list, no longer in the directory: WeCom then refuses every request that names this person.
    const asked = new AbortController();
    const sync = fullSync(world.deps, asked.signal);
    while ((await syncProgress(world.deps.db)).phase !== 'customers') await new Promise((done) => setTimeout(done, 2));
    const last = following.toSorted().at(-1) ?? '';
    there?.staff.delete(last);
    await sync;
    const progress = await syncProgress(world.deps.db);
    expect(progress).toMatchObject({ finished: true, staffDone: 33 });
    expect(progress.reasons).toMatchObject({ [last]: { code: 'left' } });
  }));

test('one whom WeCom lists though the app may not see them keeps nobody waiting, and is named with the repair', () =>
  withWorld(async (world) => {
    const hidden = { errcode: 60011, skip: 0 };
    await control(world, 'POST', '/_sim/faults', { path: '/cgi-bin/user/list', ...hidden });
    await control(world, 'POST', '/_sim/faults', { path: '/cgi-bin/user/get', ...hidden, times: 1 });
    await fullSync(world.deps, never);
    const progress = await syncProgress(world.deps.db);
    const [first = ''] = await world.deps.wecom.followUsers();
    expect(progress).toMatchObject({ finished: true, staffTotal: 32, staffDone: 32, failure: null });
    expect(progress.reasons).toMatchObject({ [first]: { code: 'hidden' } });
  }));

test('one about whom WeCom says something else than who they are stops nobody either, and is named with its words', () =>
  withWorld(async (world) => {
    await control(world, 'POST', '/_sim/faults', { path: '/cgi-bin/user/list', errcode: 60003 });
    await control(world, 'POST', '/_sim/faults', { path: '/cgi-bin/user/get', errcode: 40003, errmsg: 'invalid userid', times: 1 });
    await fullSync(world.deps, never);
    const progress = await syncProgress(world.deps.db);
    const [first = ''] = await world.deps.wecom.followUsers();
    expect(progress).toMatchObject({ finished: true, staffTotal: 32, failure: null });
    expect(progress.reasons).toMatchObject({ [first]: { code: 'refused', said: expect.stringContaining('40003') } });
  }));
