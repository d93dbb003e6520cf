/**
 * Every table that holds something of one customer: what her export contains and what her deletion takes away. A test walks the schema, so a table that is added and not
 * named here is found.
 */
export type CustomerTable = {
  table: string;
  /** For people: what these rows are. */
  what: string;
  /** How her rows are told; `external_user_id` where nothing is said. */
  column?: { name: string; valueOf(externalUserId: string): string };
  onDelete: 'delete' | { keep: string };
};

export const customerTables: readonly CustomerTable[] = [
  { table: 'customers', what: '客户资料', onDelete: 'delete' },
  { table: 'follows', what: '好友关系、备注、手机号和标签', onDelete: 'delete' },
  { table: 'stage_moves', what: '阶段变化', onDelete: 'delete' },
  { table: 'notes', what: '跟进记录', onDelete: 'delete' },
  { table: 'orders', what: '订单', onDelete: 'delete' },
  { table: 'outcomes', what: '客户的回应', onDelete: 'delete' },
  { table: 'sends', what: '发送记录', onDelete: 'delete' },
  { table: 'touches', what: '触达流水', onDelete: 'delete' },
  { table: 'touch_summaries', what: '触达汇总', onDelete: 'delete' },
  { table: 'tasks', what: '待办', onDelete: 'delete' },
  { table: 'suggestion_lists', what: '推荐过的话术', onDelete: 'delete' },
  { table: 'card_outcomes', what: '推荐的结果', onDelete: 'delete' },
  { table: 'wecom_outbox', what: '等企业微信确认的修改', onDelete: 'delete' },
  { table: 'bulk_change_items', what: '批量修改里的记录', onDelete: 'delete' },
  { table: 'stage_rule_marks', what: '阶段规则的记录', onDelete: 'delete' },
  { table: 'customer_list', what: '客户列表的索引', onDelete: 'delete' },
  { table: 'customer_list_queue', what: '等待更新的列表', onDelete: 'delete' },
  {
    table: 'callback_inbox',
    what: '企业微信发来的通知',
    column: { name: 'lane', valueOf: (externalUserId) => `customer:${externalUserId}` },
    onDelete: 'delete',
  },
  {
    table: 'audit_log',
    what: '操作记录',
    column: { name: 'subject_id', valueOf: (externalUserId) => externalUserId },
    onDelete: { keep: '法律要求能说清谁在什么时候看过、改过、删过。里面只有编号，没有姓名和内容。' },
  },
];
