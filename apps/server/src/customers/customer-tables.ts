import type { Sentence } from '../sentence.ts';

/**
 * Every table that holds something of one customer: what her export contains and what her deletion takes away. A test walks the schema, so a table that is added and not
 * named here is found.
 */
export type CustomerTable = {
  table: string;
  /** For people: what these rows are. */
  what: Sentence;
  /** How her rows are told; `external_user_id` where nothing is said. */
  column?: { name: string; valueOf(externalUserId: string): string };
  onDelete: 'delete' | { keep: Sentence };
};

export const customerTables: readonly CustomerTable[] = [
  { table: 'customers', what: { 'zh-CN': '客户资料', en: 'Her profile' }, onDelete: 'delete' },
  {
    table: 'follows',
    what: { 'zh-CN': '好友关系、备注、手机号和标签', en: 'Contacts, remarks, mobile numbers and tags' },
    onDelete: 'delete',
  },
  { table: 'stage_moves', what: { 'zh-CN': '阶段变化', en: 'Moves between stages' }, onDelete: 'delete' },
  { table: 'notes', what: { 'zh-CN': '跟进记录', en: 'Notes' }, onDelete: 'delete' },
  { table: 'orders', what: { 'zh-CN': '订单', en: 'Orders' }, onDelete: 'delete' },
  { table: 'outcomes', what: { 'zh-CN': '客户的回应', en: 'What she answered' }, onDelete: 'delete' },
  { table: 'sends', what: { 'zh-CN': '发送记录', en: 'Sends' }, onDelete: 'delete' },
  { table: 'touches', what: { 'zh-CN': '触达流水', en: 'Ledger of contacts' }, onDelete: 'delete' },
  { table: 'touch_summaries', what: { 'zh-CN': '触达汇总', en: 'Summary of contacts' }, onDelete: 'delete' },
  { table: 'tasks', what: { 'zh-CN': '待办', en: 'Tasks' }, onDelete: 'delete' },
  { table: 'suggestion_lists', what: { 'zh-CN': '推荐过的话术', en: 'Scripts that were suggested' }, onDelete: 'delete' },
  { table: 'card_outcomes', what: { 'zh-CN': '推荐的结果', en: 'What became of suggestions' }, onDelete: 'delete' },
  { table: 'wecom_outbox', what: { 'zh-CN': '等企业微信确认的修改', en: 'Changes that WeCom has yet to confirm' }, onDelete: 'delete' },
  { table: 'bulk_change_items', what: { 'zh-CN': '批量修改里的记录', en: 'Her part in bulk changes' }, onDelete: 'delete' },
  { table: 'stage_rule_marks', what: { 'zh-CN': '阶段规则的记录', en: 'Records of the stage rules' }, onDelete: 'delete' },
  { table: 'customer_list', what: { 'zh-CN': '客户列表的索引', en: 'Her row in the customer list' }, onDelete: 'delete' },
  { table: 'customer_list_queue', what: { 'zh-CN': '等待更新的列表', en: 'Rows that wait to be renewed' }, onDelete: 'delete' },
  {
    table: 'callback_inbox',
    what: { 'zh-CN': '企业微信发来的通知', en: 'Callbacks of WeCom' },
    column: { name: 'lane', valueOf: (externalUserId) => `customer:${externalUserId}` },
    onDelete: 'delete',
  },
  {
    table: 'audit_log',
    what: { 'zh-CN': '操作记录', en: 'Audit log' },
    column: { name: 'subject_id', valueOf: (externalUserId) => externalUserId },
    onDelete: {
      keep: {
        'zh-CN': '法律要求能说清谁在什么时候看过、改过、删过。里面只有编号，没有姓名和内容。',
        en: 'The law wants it known who viewed, changed or deleted what and when. It holds ids only, no names and no content.',
      },
    },
  },
];
