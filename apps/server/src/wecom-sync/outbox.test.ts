import type { WeComErrorKind } from '@nextline/wecom';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { follows } from '../customers/customers.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { decideOutbox } from './outbox-decision.ts';
import { findWrite, outboxState, pruneWrites, putOff, settleWrite, takeWrites, type WriteKey } from './outbox.store.ts';
import { oweTagChange, sendOutbox, settleOutboxNow } from './outbox.ts';
import { resolveCustomer } from './resolve-customer.ts';
import { wecomOutbox } from './wecom-sync.table.ts';

let world: TestApp;
let externalUserId = '';
let tagIds: string[] = [];
const guide = 'zhouyining';
const path = '/cgi-bin/externalcontact/mark_tag';

beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
  externalUserId = [...(world.simulator?.world.follows.values() ?? [])].find((follow) => follow.staff === guide)?.externalUserid ?? '';
  await resolveCustomer(world.deps, externalUserId);
  tagIds = world.simulator?.world.tagGroups.flatMap((group) => group.tags.map((tag) => tag.tagId)) ?? [];
});
afterAll(() => world.close());
beforeEach(async () => {
  await control('DELETE');
  await world.deps.db.delete(wecomOutbox);
  await setTags([]);
  await world.deps.wecom.markTags({ staffUserId: guide, externalUserId, add: [], remove: tagIds });
});

async function control(method: 'POST' | 'DELETE', fault?: object): Promise<void> {
  const answer = await fetch(`${world.simulator?.url}/_sim/faults`, {
    method,
    ...(fault && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) }),
  });
  expect(answer.ok).toBe(true);
}

const relation = () => and(eq(follows.externalUserId, externalUserId), eq(follows.staffUserId, guide));
const setTags = (ids: string[]) => world.deps.db.update(follows).set({ tagIds: ids, pendingTagIds: [] }).where(relation());
const here = async () => {
  const [row] = await world.deps.db.select({ tagIds: follows.tagIds, pending: follows.pendingTagIds }).from(follows).where(relation());
  return { tagIds: row?.tagIds.toSorted(), pending: row?.pending.toSorted() };
};
const there = () => world.simulator?.world.follows.get(`${guide}\n${externalUserId}`)?.tagIds.toSorted();

/** What the tag route does: our store, the pending mark and the debt, in one transaction. */
function changeTags(add: string[], remove: string[] = []): Promise<WriteKey> {
  return world.deps.db.transaction(async (tx) => {
    const [row] = await tx.select().from(follows).where(relation()).for('update');
    const kept = (row?.tagIds ?? []).filter((id) => !remove.includes(id));
    await tx
      .update(follows)
      .set({ tagIds: [...new Set([...kept, ...add])], pendingTagIds: [...new Set([...(row?.pendingTagIds ?? []), ...add, ...remove])] })
      .where(relation());
    const { corpId } = world.deps.config.wecom;
    return oweTagChange(tx, { corpId, externalUserId, staffUserId: guide, add, remove, now: world.clock.now() });
  });
}
const tag = (n: number) => tagIds[n] ?? '';
/** A millisecond ago: the column rounds to whole ones, and what is due half a one from now is not due. */
const dueNow = () =>
  world.deps.db
    .update(wecomOutbox)
    .set({ nextAttemptAt: sql`now() - interval '1 ms'` })
    .where(eq(wecomOutbox.status, 'waiting'));

test('a tag change reaches WeCom within the request, and is no longer pending', async () => {
  const write = await changeTags([tag(0)]);
  expect(await here()).toEqual({ tagIds: [tag(0)], pending: [tag(0)] });
  expect(await settleOutboxNow(world.deps, write, { waitMs: 3_000 })).toEqual({ state: 'done' });
  expect(await here()).toEqual({ tagIds: [tag(0)], pending: [] });
  expect(there()).toEqual([tag(0)]);
});

test('what WeCom refuses for good is taken back, with the reason', async () => {
  await setTags([tag(1)]);
  const write = await changeTags(['etDoesNotExist'], [tag(1)]);
  const state = await settleOutboxNow(world.deps, write, { waitMs: 3_000 });
  expect(state).toEqual({ state: 'refused', reason: '这个标签已经被删掉了' });
  expect(await here()).toEqual({ tagIds: [tag(1)], pending: [] });
});

test('WeCom does not answer in time: the change stays pending, is kept, and arrives later', async () => {
  await control('POST', { path, drop: true });
  const write = await changeTags([tag(2)]);
  expect(await settleOutboxNow(world.deps, write, { waitMs: 300 })).toEqual({ state: 'waiting' });
  expect(await here()).toEqual({ tagIds: [tag(2)], pending: [tag(2)] });
  await control('DELETE');
  for (let n = 0; n < 100 && (await here()).pending?.length !== 0; n += 1) {
    await dueNow();
    await sendOutbox(world.deps);
  }
  expect(await here()).toEqual({ tagIds: [tag(2)], pending: [] });
  expect(there()).toEqual([tag(2)]);
});

const asked = async (api: string) => {
  const answer = await fetch(`${world.simulator?.url ?? ''}/_sim/calls?path=${api}&limit=5000`);
  const { calls }: { calls: { path: string }[] } = Object(await answer.json());
  return calls.filter((call) => `/${call.path}` === api).length;
};
const customerPath = '/cgi-bin/externalcontact/get';

test('T11: a change whose answer was lost is looked up and not sent again', async () => {
  const [marks, looks] = [await asked(path), await asked(customerPath)];
  await control('POST', { path, after_effect: true, times: 1 });
  const write = await changeTags([tag(3)]);
  expect(await settleOutboxNow(world.deps, write, { waitMs: 3_000 })).toEqual({ state: 'done' });
  expect(there()).toEqual([tag(3)]);
  expect([(await asked(path)) - marks, (await asked(customerPath)) - looks]).toEqual([1, 1]);
});

test('T11: what was cut off before WeCom had done it is looked up too, and then sent again', async () => {
  const marks = await asked(path);
  await control('POST', { path, drop: true, times: 1 });
  const write = await changeTags([tag(3)]);
  expect(await settleOutboxNow(world.deps, write, { waitMs: 3_000 })).toEqual({ state: 'done' });
  expect(there()).toEqual([tag(3)]);
  expect((await asked(path)) - marks).toBe(2);
});

test('T11: a process that died after it had sent leaves a change that the next one looks up first', async () => {
  const write = await changeTags([tag(3)]);
  await takeWrites(world.deps.db, write);
  await world.deps.wecom.markTags({ staffUserId: guide, externalUserId, add: [tag(3)], remove: [] });
  const marks = await asked(path);
  await dueNow();
  expect(await sendOutbox(world.deps)).toBe(1);
  expect((await asked(path)) - marks).toBe(0);
  expect(await here()).toEqual({ tagIds: [tag(3)], pending: [] });
});

test('T11: while nobody can look, nothing is sent; after days it is put before a person and what WeCom says counts again', async () => {
  await control('POST', { path, drop: true, times: 1 });
  await control('POST', { path: customerPath, drop: true });
  const write = await changeTags([tag(3)]);
  const marks = await asked(path);
  for (let n = 0; n < 4; n += 1) {
    await dueNow();
    await sendOutbox(world.deps);
  }
  expect((await asked(path)) - marks).toBe(1);
  await world.deps.db.update(wecomOutbox).set({ attempts: 200 }).where(eq(wecomOutbox.writeId, write.writeId));
  // The request that made the change may still be at its own last try, and then it is the one who gives up.
  await vi.waitFor(
    async () => {
      await dueNow();
      await sendOutbox(world.deps);
      expect((await findWrite(world.deps.db, write))?.status).toBe('unsure');
    },
    { timeout: 20_000 },
  );
  await control('DELETE');
  expect(await outboxState(world.deps.db)).toMatchObject({ waiting: 0, unsure: 1 });
  expect(await here()).toEqual({ tagIds: [tag(3)], pending: [] });
  world.clock.advance(1_000);
  await resolveCustomer(world.deps, externalUserId);
  expect(await here()).toEqual({ tagIds: [], pending: [] });
});

test('T11: a look that WeCom answers with a code of its own says nothing about the change: it is not taken back, and is looked up again', async () => {
  await control('POST', { path, after_effect: true, times: 1 });
  await control('POST', { path: customerPath, errcode: 50003, times: 1 });
  const write = await changeTags([tag(3)]);
  expect(await settleOutboxNow(world.deps, write, { waitMs: 3_000 })).toEqual({ state: 'waiting' });
  expect(await here()).toEqual({ tagIds: [tag(3)], pending: [tag(3)] });
  const marks = await asked(path);
  await dueNow();
  await sendOutbox(world.deps);
  expect(await here()).toEqual({ tagIds: [tag(3)], pending: [] });
  expect((await asked(path)) - marks).toBe(0);
});

test('T4: a worker that slept through its lease sends nothing, and what it writes is refused', async () => {
  const write = await changeTags([tag(3)]);
  const [stale] = await takeWrites(world.deps.db, write);
  if (!stale) throw new Error('nothing was taken');
  await dueNow();
  expect(await sendOutbox(world.deps)).toBe(1);
  const marks = await asked(path);
  const asleep = world.deps.wecom.onTerms({ mayBegin: () => false });
  await expect(asleep.markTags({ staffUserId: guide, externalUserId, add: [], remove: [tag(3)] })).rejects.toMatchObject({
    kind: 'transient',
  });
  expect((await asked(path)) - marks).toBe(0);
  expect(await settleWrite(world.deps.db, stale, { status: 'refused', failure: 'late', now: world.clock.now() })).toBe(false);
  await putOff(world.deps.db, stale, { inMs: 0, failure: 'late', maybeDone: false });
  expect(await findWrite(world.deps.db, write)).toEqual({ status: 'done', failure: null });
});

test('two changes of one relation go in their order: the later one wins on both sides', async () => {
  const first = await changeTags([tag(4)]);
  const second = await changeTags([], [tag(4)]);
  const [later, earlier] = await Promise.all([
    settleOutboxNow(world.deps, second, { waitMs: 3_000 }),
    settleOutboxNow(world.deps, first, { waitMs: 3_000 }),
  ]);
  expect([earlier, later]).toEqual([{ state: 'done' }, { state: 'done' }]);
  expect(await here()).toEqual({ tagIds: [], pending: [] });
  expect(there()).toEqual([]);
});

test('a sync in the meantime does not undo what is still on its way', async () => {
  const write = await changeTags([tag(5)]);
  await resolveCustomer(world.deps, externalUserId);
  expect(await here()).toEqual({ tagIds: [tag(5)], pending: [tag(5)] });
  await settleOutboxNow(world.deps, write, { waitMs: 3_000 });
  world.clock.advance(1_000);
  await resolveCustomer(world.deps, externalUserId);
  expect(await here()).toEqual({ tagIds: [tag(5)], pending: [] });
});

test('of a refused change only what nobody touched again is taken back', async () => {
  const refused = await changeTags([tag(6), 'etDoesNotExist']);
  await changeTags([tag(6)]);
  expect(await settleOutboxNow(world.deps, refused, { waitMs: 3_000 })).toMatchObject({ state: 'refused' });
  expect(await here()).toEqual({ tagIds: [tag(6)], pending: [tag(6)] });
});

test('a change of a process that died is sent by another within its lease', async () => {
  const write = await changeTags([tag(7)]);
  await world.deps.db.update(wecomOutbox).set({ attempts: 1, fence: 1, nextAttemptAt: sql`now() + interval '60 seconds'` });
  expect(await sendOutbox(world.deps)).toBe(0);
  await dueNow();
  expect(await sendOutbox(world.deps)).toBe(1);
  expect(await settleOutboxNow(world.deps, write, { waitMs: 100 })).toEqual({ state: 'done' });
});

test('what is settled is forgotten after a while; what is on its way, and what a person must look at, is not', async () => {
  await settleOutboxNow(world.deps, await changeTags([tag(7)]), { waitMs: 3_000 });
  const waiting = await changeTags([tag(6)]);
  const unsure = await changeTags([tag(5)]);
  await world.deps.db
    .update(wecomOutbox)
    .set({ status: 'unsure', settledAt: new Date(0) })
    .where(eq(wecomOutbox.writeId, unsure.writeId));
  await pruneWrites(world.deps.db, new Date(world.clock.now().getTime() + 1));
  const left = await world.deps.db.select({ writeId: wecomOutbox.writeId }).from(wecomOutbox);
  expect(left.map((row) => row.writeId).toSorted()).toEqual([waiting.writeId, unsure.writeId].toSorted());
});

const failed = (kind: WeComErrorKind, retryAfterMs: number | null = null) => ({ kind, retryAfterMs });

test('what WeCom may take later is tried again, never sooner than it pays; what it refuses is not', () => {
  expect(decideOutbox(failed('transient'), 1, true)).toEqual({ retryInMs: 2_000 });
  expect(decideOutbox(failed('rate', 60_000), 1, false)).toEqual({ retryInMs: 60_000 });
  expect(decideOutbox(failed('rate', 200), 5, false)).toEqual({ retryInMs: 32_000 });
  expect(decideOutbox(failed('config', 30_000), 1, false)).toEqual({ retryInMs: 30_000 });
  expect(decideOutbox(failed('eventual'), 4, false)).toEqual({ retryInMs: 8_000 });
  expect(decideOutbox(failed('eventual'), 5, false)).toEqual({ giveUp: 'refused' });
  expect(decideOutbox(failed('caller'), 1, false)).toEqual({ giveUp: 'refused' });
  expect(decideOutbox(failed('unknown'), 1, false)).toEqual({ giveUp: 'refused' });
  expect(decideOutbox(failed('transient'), 110, true)).toEqual({ giveUp: 'unsure' });
  expect(decideOutbox(failed('rate', 60_000), 110, false)).toEqual({ giveUp: 'refused' });
});
