import { locale } from '../../i18n/locale.ts';

/** WeCom's own names of what happened, as in `Event` or `Event/ChangeType`, in words. */
const names: Record<string, { 'zh-CN': string; en: string }> = {
  'change_external_contact/add_external_contact': { 'zh-CN': '加了客户', en: 'Customer added' },
  'change_external_contact/add_half_external_contact': { 'zh-CN': '客户免验证加了成员', en: 'Customer added without confirmation' },
  'change_external_contact/edit_external_contact': { 'zh-CN': '改了客户的备注或标签', en: 'Remark or tags changed' },
  'change_external_contact/del_external_contact': { 'zh-CN': '成员删了客户', en: 'Member deleted the customer' },
  'change_external_contact/del_follow_user': { 'zh-CN': '客户删了成员', en: 'Customer deleted the member' },
  'change_external_contact/transfer_fail': { 'zh-CN': '接替没成功', en: 'Transfer failed' },
  'change_external_contact/msg_audit_approved': { 'zh-CN': '客户同意存档', en: 'Customer agreed to the archive' },
  'change_external_chat/create': { 'zh-CN': '建了客户群', en: 'Group created' },
  'change_external_chat/update': { 'zh-CN': '客户群变了', en: 'Group changed' },
  'change_external_chat/dismiss': { 'zh-CN': '客户群解散', en: 'Group dismissed' },
  'change_external_tag/create': { 'zh-CN': '新标签', en: 'Tag created' },
  'change_external_tag/update': { 'zh-CN': '标签改了', en: 'Tag changed' },
  'change_external_tag/delete': { 'zh-CN': '标签删了', en: 'Tag deleted' },
  'change_external_tag/shuffle': { 'zh-CN': '标签换了顺序', en: 'Tags reordered' },
  'change_contact/create_user': { 'zh-CN': '新成员', en: 'Member created' },
  'change_contact/update_user': { 'zh-CN': '成员变了', en: 'Member changed' },
  'change_contact/delete_user': { 'zh-CN': '成员删了', en: 'Member deleted' },
  'change_contact/create_party': { 'zh-CN': '新部门', en: 'Department created' },
  'change_contact/update_party': { 'zh-CN': '部门变了', en: 'Department changed' },
  'change_contact/delete_party': { 'zh-CN': '部门删了', en: 'Department deleted' },
  customer_acquisition: { 'zh-CN': '获客助手', en: 'Acquisition link' },
  template_card_event: { 'zh-CN': '点了卡片', en: 'Card clicked' },
  enter_agent: { 'zh-CN': '进了应用', en: 'App entered' },
  subscribe: { 'zh-CN': '看得到应用了', en: 'App became visible' },
  unsubscribe: { 'zh-CN': '看不到应用了', en: 'App no longer visible' },
};

/** One that we have no words for is called as WeCom calls it. */
export function eventName({ event, changeType }: { event: string; changeType: string | null }): string {
  const key = changeType === null ? event : `${event}/${changeType}`;
  return (names[key] ?? names[event])?.[locale.value] ?? key;
}
