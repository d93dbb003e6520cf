import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { eventXml, postCallback } from '../test-callbacks.ts';
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

const pair = { UserID: 'zhangsan', ExternalUserID: 'woAJ2GCAAAXtWyujaWJHDDGi0mAAAA' };
const customerLane = `customer:${pair.ExternalUserID}`;
const ownLane = expect.stringMatching(/^event:/);

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

test.each([
  ['change_external_contact', 'add_half_external_contact', { ...pair, State: 's', WelcomeCode: 'W' }, customerLane],
  ['change_external_contact', 'edit_external_contact', pair, customerLane],
  ['change_external_contact', 'del_external_contact', { ...pair, Source: 'DELETE_BY_TRANSFER' }, customerLane],
  ['change_external_contact', 'del_follow_user', pair, customerLane],
  ['change_external_contact', 'transfer_fail', { ...pair, FailReason: 'customer_refused' }, customerLane],
  ['change_external_contact', 'msg_audit_approved', { ...pair, WelcomeCode: 'W' }, customerLane],
  ['change_external_chat', 'create', { ChatId: 'wrCHAT' }, ownLane],
  ['change_external_chat', 'dismiss', { ChatId: 'wrCHAT' }, ownLane],
  ['change_external_chat', 'update', { ChatId: 'wrCHAT', UpdateDetail: 'add_member', JoinScene: '0', MemChangeCnt: '1' }, ownLane],
  ['change_external_tag', 'create', { Id: 'etTAG', TagType: 'tag' }, 'tag:*'],
  ['change_external_tag', 'update', { Id: 'etTAG', TagType: 'tag' }, 'tag:*'],
  ['change_external_tag', 'delete', { Id: 'etGROUP', TagType: 'tag_group' }, 'tag:*'],
  ['change_external_tag', 'shuffle', { Id: 'etGROUP' }, 'tag:*'],
  ['customer_acquisition', 'balance_low', {}, ownLane],
  ['customer_acquisition', 'quota_expire_soon', { ExpireTime: '1403610513', ExpireQuotaNum: '100' }, ownLane],
  ['customer_acquisition', 'link_unavailable', { LinkId: 'cawcdeLINK' }, ownLane],
  ['customer_acquisition', 'customer_start_chat', { ...pair, LinkId: 'cawcdeLINK' }, customerLane],
  ['customer_acquisition', 'message_from_customer', { LinkId: 'cawcdeLINK', ChatKey: 'KEY' }, ownLane],
  ['msgaudit_notify', '', { AgentID: '2000004' }, ownLane],
  ['template_card_event', '', { EventKey: 'k', TaskId: 't', CardType: 'button_interaction', ResponseCode: 'R', AgentID: '1' }, ownLane],
  ['change_contact', 'create_user', { UserID: 'zhangsan', Department: '1,2' }, 'staff:zhangsan'],
  ['change_contact', 'update_user', { UserID: 'zhangsan', NewUserID: 'zhangsan001' }, 'staff:zhangsan'],
  ['change_contact', 'delete_user', { UserID: 'zhangsan' }, 'staff:zhangsan'],
  ['change_contact', 'create_party', { Id: '2', Name: '张三', ParentId: '1', Order: '1' }, 'department:*'],
  ['change_contact', 'update_tag', { TagId: '1', AddUserItems: 'zhangsan,lisi' }, ownLane],
  ['inactive_alert', '', { EffectTime: '1403610513', AgentID: '1' }, ownLane],
  ['an_event_of_next_year', 'with_a_change', { Anything: '0123e4' }, ownLane],
])('%s %s is kept in its lane', async (event, changeType, fields, lane) => {
  const row = await keptAs(eventXml(world.deps.config.wecom.corpId, event, changeType, fields));
  expect(row).toMatchObject({ event, lane, status: 'waiting' });
  expect(row?.changeType ?? '').toBe(changeType);
});

test('an id that looks like a number stays as it is', async () => {
  const row = await keptAs(
    eventXml(world.deps.config.wecom.corpId, 'change_external_contact', 'edit_external_contact', {
      UserID: '007',
      ExternalUserID: '0123e4',
    }),
  );
  expect(row?.lane).toBe('customer:0123e4');
});
