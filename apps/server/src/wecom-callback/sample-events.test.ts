import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { eventXml, postCallback } from '../test-callbacks.ts';
import { documentedEvents, documentedPair, documentedXml } from './documented-events.test-data.ts';
import { callbackInbox } from './wecom-callback.table.ts';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp();
});
afterAll(() => world.close());

async function keptAs(xml: string) {
  const answer = await postCallback(world, xml);
  expect([answer.statusCode, answer.body]).toEqual([200, '']);
  const payloadHash = createHash('sha256').update(xml).digest('hex');
  const [row] = await world.deps.db.select().from(callbackInbox).where(eq(callbackInbox.payloadHash, payloadHash));
  return row;
}

const customerLane = `customer:${documentedPair.externalUserId}`;

test('the documentation’s own sample of a new customer is kept word for word', async () => {
  const xml =
    '<xml><ToUserName><![CDATA[wwCORP]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>1403610513</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[zhangsan]]></UserID><ExternalUserID><![CDATA[woAJ2GCAAAXtWyujaWJHDDGi0mAAAA]]></ExternalUserID><State><![CDATA[teststate]]></State><WelcomeCode><![CDATA[WELCOMECODE]]></WelcomeCode></xml>';
  expect(await keptAs(xml)).toMatchObject({
    xml,
    event: 'change_external_contact',
    changeType: 'add_external_contact',
    lane: customerLane,
  });
});

const lanes = {
  customer: customerLane,
  staff: 'staff:zhangsan',
  tags: 'tag:*',
  departments: 'department:*',
  own: expect.stringMatching(/^event:/),
};

test.each(documentedEvents.map((one, nth) => ({ nth, ...one })))(
  '$event $changeType is kept in its lane',
  async ({ nth, ...documented }) => {
    const { event, changeType, lane } = documented;
    const row = await keptAs(documentedXml(world.deps.config.wecom.corpId, documented, nth));
    expect(row).toMatchObject({ event, lane: lanes[lane], status: 'waiting' });
    expect(row?.changeType ?? '').toBe(changeType);
  },
);

test('an id that looks like a number stays as it is', async () => {
  const row = await keptAs(
    eventXml(world.deps.config.wecom.corpId, 'change_external_contact', 'edit_external_contact', {
      UserID: '007',
      ExternalUserID: '0123e4',
    }),
  );
  expect(row?.lane).toBe('customer:0123e4');
});
