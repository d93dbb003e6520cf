/**
 * Every event that WeCom's documentation describes (92130, 92005, 97299, 95039, 90240, 90970), in the form in which it prints them: with and without CDATA, with
 * lists in lists. `lane` and `settled` say what becomes of it here.
 */
export type DocumentedEvent = {
  event: string;
  changeType: string;
  /** Who sends it; `sys` unless a member of staff does. */
  from?: string;
  /** What follows the common head, as XML. */
  rest: string;
  lane: 'customer' | 'staff' | 'tags' | 'departments' | 'own';
  settled: 'applied' | 'kept';
};

export const documentedPair = { staffUserId: 'zhangsan', externalUserId: 'woAJ2GCAAAXtWyujaWJHDDGi0mAAAA' };

const cdata = (name: string, text: string) => `<${name}><![CDATA[${text}]]></${name}>`;
const pair = cdata('UserID', documentedPair.staffUserId) + cdata('ExternalUserID', documentedPair.externalUserId);
const chat = cdata('ChatId', 'CHAT_ID');
const link = cdata('LinkId', 'cawcdea7783d7330b4');
const card = `${cdata('EventKey', 'key111')}${cdata('TaskId', 'taskid111')}${cdata('CardType', 'text_notice')}${cdata('ResponseCode', 'ResponseCode')}<AgentID>1</AgentID>`;

const rows = (
  event: string,
  what: Pick<DocumentedEvent, 'lane' | 'settled' | 'from'>,
  changes: Record<string, string | string[]>,
): DocumentedEvent[] =>
  Object.entries(changes).flatMap(([changeType, rest]) => [rest].flat().map((one) => ({ event, changeType, rest: one, ...what })));

export const documentedEvents: DocumentedEvent[] = [
  ...rows(
    'change_external_contact',
    { lane: 'customer', settled: 'applied' },
    {
      add_external_contact: pair + cdata('State', 'teststate') + cdata('WelcomeCode', 'WELCOMECODE'),
      add_half_external_contact: pair + cdata('State', 'teststate') + cdata('WelcomeCode', 'WELCOMECODE'),
      edit_external_contact: pair,
      transfer_fail: [cdata('FailReason', 'customer_refused') + pair, cdata('FailReason', 'customer_limit_exceed') + pair],
      msg_audit_approved: pair + cdata('WelcomeCode', 'WELCOMECODE'),
      del_follow_user: pair,
      del_external_contact: [pair, pair + cdata('Source', 'DELETE_BY_TRANSFER')],
    },
  ),
  ...rows(
    'change_external_chat',
    { lane: 'own', settled: 'kept' },
    {
      create: chat,
      update: [
        `${chat}${cdata('UpdateDetail', 'add_member')}<JoinScene>1</JoinScene><QuitScene>0</QuitScene><MemChangeCnt>10</MemChangeCnt><MemChangeList><Item>Jack</Item><Item>Rose</Item></MemChangeList><LastMemVer>9c3f97c2ada667dfb5f6d03308d963e1</LastMemVer><CurMemVer>71217227bbd112ecfe3a49c482195cb4</CurMemVer>`,
        `${chat}${cdata('UpdateDetail', 'del_member')}<JoinScene>0</JoinScene><QuitScene>1</QuitScene><MemChangeCnt>1</MemChangeCnt>`,
        ...['change_owner', 'change_name', 'change_notice'].map((detail) => chat + cdata('UpdateDetail', detail)),
      ],
      dismiss: chat,
    },
  ),
  ...rows(
    'change_external_tag',
    { lane: 'tags', settled: 'applied' },
    {
      create: `${cdata('Id', 'TAG_ID')}${cdata('TagType', 'tag')}<StrategyId>1</StrategyId>`,
      update: `${cdata('Id', 'TAG_ID')}${cdata('TagType', 'tag')}<StrategyId>1</StrategyId>`,
      delete: cdata('Id', 'TAG_ID') + cdata('TagType', 'tag_group'),
      shuffle: ['', cdata('Id', 'TAG_ID')],
    },
  ),
  ...rows(
    'customer_acquisition',
    { lane: 'own', settled: 'kept' },
    {
      balance_low: '',
      balance_exhausted: '',
      balance_increased: '',
      quota_expire_soon: '<ExpireTime>1689171577</ExpireTime><ExpireQuotaNum>20</ExpireQuotaNum>',
      link_unavailable: link,
      delete_link: link,
      open_profile: link + cdata('State', 'STATE'),
      friend_request: link + cdata('State', 'STATE'),
      message_from_customer: link + cdata('ChatKey', 'CHAT_KEY'),
    },
  ),
  ...rows('customer_acquisition', { lane: 'customer', settled: 'kept' }, { customer_start_chat: pair + link }),
  ...rows('msgaudit_notify', { lane: 'own', settled: 'kept' }, { '': '<AgentID>2000004</AgentID>' }),
  ...rows(
    'template_card_event',
    { lane: 'own', settled: 'kept', from: 'zhangsan' },
    {
      '': `${card}<SelectedItems><SelectedItem>${cdata('QuestionKey', 'QuestionKey1')}<OptionIds>${cdata('OptionId', 'OptionId1')}${cdata('OptionId', 'OptionId2')}</OptionIds></SelectedItem><SelectedItem>${cdata('QuestionKey', 'QuestionKey2')}<OptionIds>${cdata('OptionId', 'OptionId3')}</OptionIds></SelectedItem></SelectedItems>`,
    },
  ),
  ...rows('template_card_menu_event', { lane: 'own', settled: 'kept', from: 'zhangsan' }, { '': card }),
  ...rows(
    'change_contact',
    { lane: 'staff', settled: 'applied' },
    {
      create_user: `${cdata('UserID', 'zhangsan')}${cdata('Department', '1,2,3')}`,
      update_user: `${cdata('UserID', 'zhangsan')}${cdata('NewUserID', 'zhangsan001')}${cdata('Department', '1,2,3')}`,
      delete_user: cdata('UserID', 'zhangsan'),
    },
  ),
  ...rows(
    'change_contact',
    { lane: 'departments', settled: 'applied' },
    {
      create_party: `<Id>2</Id>${cdata('Name', '张三')}${cdata('ParentId', '1')}<Order>1</Order>`,
      update_party: `<Id>2</Id>${cdata('Name', '张三')}${cdata('ParentId', '1')}`,
      delete_party: '<Id>2</Id>',
    },
  ),
  ...rows(
    'change_contact',
    { lane: 'own', settled: 'kept' },
    {
      update_tag: `<TagId>1</TagId>${cdata('AddUserItems', 'zhangsan,lisi')}${cdata('DelUserItems', 'zhangsan1,lisi1')}${cdata('AddPartyItems', '1,2')}${cdata('DelPartyItems', '3,4')}`,
    },
  ),
  ...['subscribe', 'unsubscribe', 'enter_agent'].flatMap((event) =>
    rows(event, { lane: 'own', settled: 'kept', from: 'zhangsan' }, { '': `${cdata('EventKey', '')}<AgentID>1</AgentID>` }),
  ),
  ...rows('inactive_alert', { lane: 'own', settled: 'kept' }, { '': '<EffectTime>1619164800</EffectTime><AgentID>1</AgentID>' }),
  ...['close_inactive_agent', 'reopen_inactive_agent', 'low_active_alert', 'low_active', 'active_restored'].flatMap((event) =>
    rows(event, { lane: 'own', settled: 'kept' }, { '': '<AgentID>1</AgentID>' }),
  ),
  ...rows(
    'kf_msg_or_event',
    { lane: 'own', settled: 'kept' },
    { '': cdata('Token', 'TOKEN') + cdata('OpenKfId', 'wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q') },
  ),
  ...rows('an_event_of_next_year', { lane: 'own', settled: 'kept' }, { with_a_change: '<Anything>0123e4</Anything>' }),
];

/** The whole message. `nth` makes two of one form two messages: the time of an event is part of what it says. */
export function documentedXml(corpId: string, { event, changeType, from, rest }: DocumentedEvent, nth: number): string {
  const change = changeType === '' ? '' : cdata('ChangeType', changeType);
  return `<xml>${cdata('ToUserName', corpId)}${cdata('FromUserName', from ?? 'sys')}<CreateTime>${1_403_610_513 + nth}</CreateTime>${cdata('MsgType', 'event')}${cdata('Event', event)}${change}${rest}</xml>`;
}
