import { eq, sql } from 'drizzle-orm';
import pg from 'pg';
import { expect, test } from 'vitest';
import { follows } from '../customers/customers.table.ts';
import { startTestApp } from '../test-app.ts';
import { eventXml, postCallback } from '../test-callbacks.ts';
import { callbackInbox } from './wecom-callback.table.ts';
import { workInbox } from './work-inbox.ts';

test('T7: an event that meets a full disk again and again is not given up: it is applied when there is room', async () => {
  const world = await startTestApp({ wecom: 'simulator' });
  const owner = new pg.Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
  try {
    await owner.query(`CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`);
    await owner.query('CREATE TRIGGER disk_is_full AFTER INSERT ON follows FOR EACH ROW EXECUTE FUNCTION disk_is_full()');
    const { staff = '', externalUserid = '' } = [...(world.simulator?.world.follows.values() ?? [])][0] ?? {};
    const fields = { UserID: staff, ExternalUserID: externalUserid };
    await postCallback(world, eventXml(world.deps.config.wecom.corpId, 'change_external_contact', 'add_external_contact', fields));
    const due = () => world.deps.db.update(callbackInbox).set({ nextAttemptAt: sql`now() - interval '1 ms'` });
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await due();
      await workInbox(world.deps);
    }
    const [waiting] = await world.deps.db.select().from(callbackInbox);
    expect(waiting).toMatchObject({ status: 'waiting', attempts: 12 });
    await owner.query('DROP TRIGGER disk_is_full ON follows');
    await due();
    await workInbox(world.deps);
    const [applied] = await world.deps.db.select().from(callbackInbox).where(eq(callbackInbox.status, 'applied'));
    expect(applied).toMatchObject({ attempts: 13 });
  } finally {
    await owner.end();
    await world.close();
  }
});

test('two guides whom she has added are two beginnings, also when both are worked off from one look and WeCom names only the first yet', async () => {
  const world = await startTestApp({ wecom: 'simulator' });
  try {
    const there = world.simulator?.world.follows;
    const first = [...(there?.values() ?? [])].find((follow) => follow.endedBy === null);
    if (!there || !first) throw new Error('the seed has no customers');
    const other = [...(world.simulator?.world.staff.keys() ?? [])].find((userid) => !there.has(`${userid}\n${first.externalUserid}`)) ?? '';
    const occurredAt = Math.floor(world.clock.now().getTime() / 1000);
    for (const UserID of [first.staff, other]) {
      const fields = { UserID, ExternalUserID: first.externalUserid };
      const { corpId } = world.deps.config.wecom;
      await postCallback(world, eventXml(corpId, 'change_external_contact', 'add_external_contact', fields, occurredAt));
      world.clock.advance(1);
    }
    const work = async () => {
      await world.deps.db.update(callbackInbox).set({ nextAttemptAt: sql`now() - interval '1 ms'` });
      await workInbox(world.deps);
    };
    await work();
    const waiting = await world.deps.db.select().from(callbackInbox).where(eq(callbackInbox.status, 'waiting'));
    expect(waiting.map((row) => row.xml.includes(`[${other}]`))).toEqual([true]);
    there.set(`${other}\n${first.externalUserid}`, { ...first, staff: other, createdAt: occurredAt * 1000 });
    await work();
    expect(await world.deps.db.select().from(follows).where(eq(follows.staffUserId, other))).toMatchObject([{ endedAt: null }]);
  } finally {
    await world.close();
  }
});
