import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallbackEvent } from './callback-event-kinds.ts';
import { parseCallback } from './callback-events.ts';
import { writeXml, type XmlContent } from './callback-xml.ts';

const head = { ToUserName: 'wwCORP', FromUserName: 'sys', CreateTime: 1403610513, MsgType: 'event' };
const occurredAt = new Date('2014-06-24T11:48:33Z');
const parse = (fields: Record<string, XmlContent>) => parseCallback(writeXml({ ...head, ...fields }));

test('the official sample of an added customer is read whole', () => {
  const sample =
    '<xml><ToUserName><![CDATA[wwCORP]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>1403610513</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[zhangsan]]></UserID><ExternalUserID><![CDATA[woAJ2GCAAAXtWyujaWJHDDGi0mAAAA]]></ExternalUserID><State><![CDATA[teststate]]></State><WelcomeCode><![CDATA[WELCOMECODE]]></WelcomeCode></xml>';
  expect(parseCallback(sample)).toEqual({
    kind: 'customer.added',
    corpId: 'wwCORP',
    event: 'change_external_contact',
    changeType: 'add_external_contact',
    occurredAt,
    agentId: null,
    staffUserId: 'zhangsan',
    externalUserId: 'woAJ2GCAAAXtWyujaWJHDDGi0mAAAA',
    state: 'teststate',
    welcomeCode: 'WELCOMECODE',
  });
});

test('the official sample of a changed group, spread over lines and half without CDATA', () => {
  const sample = `<xml>
    <ToUserName><![CDATA[toUser]]></ToUserName>
    <FromUserName><![CDATA[sys]]></FromUserName>
    <CreateTime>1403610513</CreateTime>
    <MsgType><![CDATA[event]]></MsgType>
    <Event><![CDATA[change_external_chat]]></Event>
    <ChatId><![CDATA[CHAT_ID]]></ChatId>
    <ChangeType><![CDATA[update]]></ChangeType>
    <UpdateDetail><![CDATA[add_member]]></UpdateDetail>
    <JoinScene>1</JoinScene>
    <QuitScene>0</QuitScene>
    <MemChangeCnt>10</MemChangeCnt>
    <MemChangeList>
        <Item>Jack</Item>
        <Item>Rose</Item>
    </MemChangeList>
    <LastMemVer>9c3f97c2ada667dfb5f6d03308d963e1</LastMemVer>
    <CurMemVer>71217227bbd112ecfe3a49c482195cb4</CurMemVer>
</xml>`;
  expect(parseCallback(sample)).toMatchObject({
    kind: 'chat.updated',
    chatId: 'CHAT_ID',
    change: 'memberAdded',
    joinedBy: 'invitation',
    leftBy: null,
    memberCount: 10,
    memberIds: ['Jack', 'Rose'],
    previousVersion: '9c3f97c2ada667dfb5f6d03308d963e1',
    version: '71217227bbd112ecfe3a49c482195cb4',
  });
});

const relation = { UserID: 'zhangsan', ExternalUserID: 'woAJ2GCAAAXtWyujaWJHDDGi0mAAAA' };
const ours = { staffUserId: 'zhangsan', externalUserId: 'woAJ2GCAAAXtWyujaWJHDDGi0mAAAA' };
type Row = [event: string, changeType: string | null, extra: Record<string, XmlContent>, expected: Partial<CallbackEvent>];

const rows: Row[] = [
  ['change_external_contact', 'add_external_contact', relation, { kind: 'customer.added', ...ours, state: null, welcomeCode: null }],
  [
    'change_external_contact',
    'add_half_external_contact',
    { ...relation, WelcomeCode: 'W' },
    { kind: 'customer.halfAdded', welcomeCode: 'W' },
  ],
  ['change_external_contact', 'edit_external_contact', relation, { kind: 'customer.edited', ...ours }],
  ['change_external_contact', 'del_external_contact', relation, { kind: 'customer.removedByStaff', ...ours, byTransfer: false }],
  ['change_external_contact', 'del_external_contact', { ...relation, Source: 'DELETE_BY_TRANSFER' }, { byTransfer: true }],
  ['change_external_contact', 'del_follow_user', relation, { kind: 'customer.removedByCustomer', ...ours }],
  [
    'change_external_contact',
    'transfer_fail',
    { ...relation, FailReason: 'customer_refused' },
    { kind: 'customer.transferFailed', reason: 'customerRefused' },
  ],
  ['change_external_contact', 'transfer_fail', { ...relation, FailReason: 'customer_limit_exceed' }, { reason: 'customerLimitExceeded' }],
  ['change_external_contact', 'transfer_fail', { ...relation, FailReason: 'something new' }, { reason: 'unknown' }],
  [
    'change_external_contact',
    'msg_audit_approved',
    { ...relation, WelcomeCode: 'W' },
    { kind: 'customer.archiveAgreed', ...ours, welcomeCode: 'W' },
  ],
  ['change_external_chat', 'create', { ChatId: 'wr1' }, { kind: 'chat.created', chatId: 'wr1' }],
  ['change_external_chat', 'dismiss', { ChatId: 'wr1' }, { kind: 'chat.dismissed', chatId: 'wr1' }],
  [
    'change_external_chat',
    'update',
    { ChatId: 'wr1', UpdateDetail: 'del_member', QuitScene: 1, MemChangeList: { Item: 'wm1' } },
    { change: 'memberLeft', leftBy: 'removal', joinedBy: null, memberIds: ['wm1'] },
  ],
  [
    'change_external_chat',
    'update',
    { ChatId: 'wr1', UpdateDetail: 'add_member', JoinScene: 3, MemChangeList: 'wm1,wm2' },
    { change: 'memberAdded', joinedBy: 'code', memberIds: ['wm1', 'wm2'] },
  ],
  [
    'change_external_chat',
    'update',
    { ChatId: 'wr1', UpdateDetail: 'change_owner' },
    { change: 'ownerChanged', memberCount: null, version: null },
  ],
  ['change_external_chat', 'update', { ChatId: 'wr1', UpdateDetail: 'change_name' }, { change: 'renamed' }],
  ['change_external_chat', 'update', { ChatId: 'wr1', UpdateDetail: 'change_notice' }, { change: 'noticeChanged' }],
  ['change_external_tag', 'create', { Id: 'et1', TagType: 'tag' }, { kind: 'tag.created', id: 'et1', of: 'tag', strategyId: null }],
  [
    'change_external_tag',
    'update',
    { Id: 'et1', TagType: 'tag_group', StrategyId: 1 },
    { kind: 'tag.changed', of: 'group', strategyId: '1' },
  ],
  ['change_external_tag', 'delete', { Id: 'et1', TagType: 'tag_group' }, { kind: 'tag.deleted', of: 'group' }],
  ['change_external_tag', 'shuffle', { Id: '' }, { kind: 'tag.reordered', groupId: null }],
  ['change_external_tag', 'shuffle', { Id: 'et1' }, { kind: 'tag.reordered', groupId: 'et1' }],
  ['customer_acquisition', 'balance_low', {}, { kind: 'acquisition.balanceLow' }],
  ['customer_acquisition', 'balance_exhausted', {}, { kind: 'acquisition.balanceExhausted' }],
  ['customer_acquisition', 'balance_increased', {}, { kind: 'acquisition.balanceIncreased' }],
  [
    'customer_acquisition',
    'quota_expire_soon',
    { ExpireTime: 1689171577, ExpireQuotaNum: 5 },
    { kind: 'acquisition.quotaExpiring', expiresAt: new Date(1689171577000), quota: 5 },
  ],
  ['customer_acquisition', 'link_unavailable', { LinkId: 'caw1' }, { kind: 'acquisition.linkUnavailable', linkId: 'caw1' }],
  ['customer_acquisition', 'delete_link', { LinkId: 'caw1' }, { kind: 'acquisition.linkDeleted', linkId: 'caw1' }],
  [
    'customer_acquisition',
    'open_profile',
    { LinkId: 'caw1', State: 'S' },
    { kind: 'acquisition.profileOpened', linkId: 'caw1', state: 'S' },
  ],
  ['customer_acquisition', 'friend_request', { LinkId: 'caw1', State: 'S' }, { kind: 'acquisition.friendRequested', state: 'S' }],
  [
    'customer_acquisition',
    'customer_start_chat',
    { ...relation, LinkId: 'caw1' },
    { kind: 'acquisition.chatStarted', ...ours, linkId: 'caw1' },
  ],
  [
    'customer_acquisition',
    'message_from_customer',
    { LinkId: 'caw1', ChatKey: 'K' },
    { kind: 'acquisition.customerWrote', chatKey: 'K', staffUserId: null },
  ],
  ['msgaudit_notify', null, { AgentID: 2000004 }, { kind: 'archive.newMessages', agentId: '2000004' }],
  ['change_contact', 'create_user', { UserID: 'z', Department: '1,2' }, { kind: 'staff.created', userId: 'z', departmentIds: ['1', '2'] }],
  [
    'change_contact',
    'update_user',
    { UserID: 'z', NewUserID: 'z2' },
    { kind: 'staff.updated', userId: 'z', newUserId: 'z2', departmentIds: null },
  ],
  ['change_contact', 'delete_user', { UserID: 'z' }, { kind: 'staff.deleted', userId: 'z' }],
  [
    'change_contact',
    'create_party',
    { Id: 2, Name: '张三', ParentId: '1', Order: 1 },
    { kind: 'department.created', departmentId: '2', parentId: '1' },
  ],
  ['change_contact', 'update_party', { Id: 2, ParentId: '1' }, { kind: 'department.updated', departmentId: '2' }],
  ['change_contact', 'delete_party', { Id: 2 }, { kind: 'department.deleted', departmentId: '2', parentId: null }],
  [
    'change_contact',
    'update_tag',
    { TagId: 1, AddUserItems: 'zhangsan,lisi', DelUserItems: 'a', AddPartyItems: '1,2', DelPartyItems: '' },
    {
      kind: 'staffTag.updated',
      staffTagId: '1',
      addedUserIds: ['zhangsan', 'lisi'],
      removedUserIds: ['a'],
      addedDepartmentIds: ['1', '2'],
      removedDepartmentIds: [],
    },
  ],
  ['subscribe', null, { FromUserName: 'z', AgentID: 1 }, { kind: 'app.subscribed', userId: 'z', agentId: '1' }],
  ['unsubscribe', null, { FromUserName: 'z' }, { kind: 'app.unsubscribed', userId: 'z' }],
  ['enter_agent', null, { FromUserName: 'z', EventKey: '' }, { kind: 'app.entered', userId: 'z' }],
  ['inactive_alert', null, { EffectTime: 1619164800, AgentID: 1 }, { kind: 'app.inactiveAlert', effectiveAt: new Date(1619164800000) }],
  ['close_inactive_agent', null, { AgentID: 1 }, { kind: 'app.closedAsInactive' }],
  ['reopen_inactive_agent', null, { AgentID: 1 }, { kind: 'app.reopened' }],
  ['low_active_alert', null, {}, { kind: 'app.lowActiveAlert' }],
  ['low_active', null, {}, { kind: 'app.lowActive' }],
  ['active_restored', null, {}, { kind: 'app.activeRestored' }],
  [
    'template_card_menu_event',
    null,
    { FromUserName: 'z', EventKey: 'K', TaskId: 'T', CardType: 'text_notice', ResponseCode: 'R' },
    { kind: 'card.menuClicked', userId: 'z', key: 'K', taskId: 'T', cardType: 'text_notice', responseCode: 'R', selected: [] },
  ],
  ['kf_msg_or_event', null, { Token: 'T', OpenKfId: 'wk1' }, { kind: 'customerService.newMessages', token: 'T', openKfId: 'wk1' }],
];

describe('each documented event is a typed value', () => {
  test.each(rows)('%s %s %j', (event, changeType, extra, expected) => {
    expect(parse({ Event: event, ...(changeType === null ? {} : { ChangeType: changeType }), ...extra })).toMatchObject({
      corpId: 'wwCORP',
      event,
      changeType,
      occurredAt,
      ...expected,
    });
  });
});

const tick = (QuestionKey: string, ...OptionId: string[]) => ({ QuestionKey, OptionIds: { OptionId } });

test('the answers ticked on a card arrive by question, one or several', () => {
  const card = { Event: 'template_card_event', FromUserName: 'z', EventKey: 'submit', ResponseCode: 'R' };
  expect(parse({ ...card, SelectedItems: { SelectedItem: [tick('q1', 'a', 'b'), tick('q2', 'c')] } })).toMatchObject({
    kind: 'card.clicked',
    userId: 'z',
    selected: [
      { question: 'q1', optionIds: ['a', 'b'] },
      { question: 'q2', optionIds: ['c'] },
    ],
  });
  expect(parse({ ...card, SelectedItems: { SelectedItem: tick('q1', 'a') } })).toMatchObject({
    selected: [{ question: 'q1', optionIds: ['a'] }],
  });
});

describe('messages that a staff member writes to the app', () => {
  const message = { FromUserName: 'z', MsgId: '4561255354251345929', AgentID: 218 };
  test.each<[Record<string, XmlContent>, Partial<CallbackEvent>]>([
    [
      { MsgType: 'text', Content: ' 你好 <!DOCTYPE x> ]]> 😀 ' },
      { kind: 'message.text', text: ' 你好 <!DOCTYPE x> ]]> 😀 ' },
    ],
    [
      { MsgType: 'image', MediaId: 'm1', PicUrl: 'u' },
      { kind: 'message.image', mediaId: 'm1', pictureUrl: 'u' },
    ],
    [
      { MsgType: 'voice', MediaId: 'm1', Format: 'amr' },
      { kind: 'message.voice', mediaId: 'm1' },
    ],
    [
      { MsgType: 'video', MediaId: 'm1', ThumbMediaId: 'm2' },
      { kind: 'message.video', mediaId: 'm1' },
    ],
    [
      { MsgType: 'location', Location_X: 23.134, Location_Y: 113.358, Label: '广州' },
      { kind: 'message.location', latitude: 23.134, longitude: 113.358, label: '广州' },
    ],
    [
      { MsgType: 'link', Title: 't', Description: 'd', Url: 'u' },
      { kind: 'message.link', title: 't', description: 'd', url: 'u' },
    ],
  ])('%j', (fields, expected) => {
    const event = parse({ ...message, ...fields });
    expect(event).toMatchObject({ event: fields['MsgType'], userId: 'z', messageId: '4561255354251345929', ...expected });
  });
});

test('ids that look like numbers stay texts, with and without CDATA', () => {
  const ids = '<UserID>0123e4</UserID><ExternalUserID><![CDATA[00012]]></ExternalUserID><State>1.0</State><WelcomeCode>true</WelcomeCode>';
  const xml = `<xml><MsgType>event</MsgType><Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType>${ids}</xml>`;
  expect(parseCallback(xml)).toMatchObject({ staffUserId: '0123e4', externalUserId: '00012', state: '1.0', welcomeCode: 'true' });
});

test('an id survives whatever is in it', () => {
  // XML itself rewrites \r\n and has no NUL.
  const anyId = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((id) => !/[\r\0]/.test(id));
  fc.assert(
    fc.property(anyId, anyId, (UserID, ExternalUserID) => {
      const event = parse({ Event: 'change_external_contact', ChangeType: 'edit_external_contact', UserID, ExternalUserID });
      expect(event).toMatchObject({ kind: 'customer.edited', staffUserId: UserID, externalUserId: ExternalUserID });
    }),
  );
});

test('an event that nobody knows yet is kept with all it says', () => {
  const extra = { Deep: { Item: ['a', 'b'] }, Number: 7 };
  expect(parse({ Event: 'change_of_weather', ChangeType: 'rain', ...extra })).toEqual({
    kind: 'unknown',
    corpId: 'wwCORP',
    event: 'change_of_weather',
    changeType: 'rain',
    occurredAt,
    agentId: null,
    fields: { ...head, CreateTime: '1403610513', Event: 'change_of_weather', ChangeType: 'rain', Deep: { Item: ['a', 'b'] }, Number: '7' },
  });
});

test.each<Record<string, XmlContent>>([
  { Event: 'change_external_contact', ChangeType: 'a_new_change', ...relation },
  { Event: 'change_external_chat', ChangeType: 'split', ChatId: 'wr1' },
  { Event: 'change_external_contact', ChangeType: 'edit_external_contact', UserID: 'zhangsan' },
  { Event: 'change_external_contact', ...relation },
  { Event: 'toString' },
  { MsgType: 'hologram', MsgId: '1' },
  { MsgType: '' },
])('a known event with an unknown change or a missing id is kept, not refused: %j', (fields) => {
  expect(parse(fields)).toMatchObject({ kind: 'unknown', fields: expect.objectContaining(fields) });
});
