import { writeAudit } from '../audit/write-audit.ts';
import { requestInvalid } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import type { Sentence } from '../sentence.ts';
import { countRows, deleteRows, lockCustomer } from './customer-data.store.ts';
import { customerTables } from './customer-tables.ts';
import { rememberForgotten } from './forgotten.ts';
import { customerNotSeen, requireSeen } from './require-seen.ts';
import { asTyped, typedToDelete } from './typed-name.ts';

type Kept = { what: Sentence; why: Sentence };
type Deletion = { deleted: { what: Sentence; rows: number }[]; kept: Kept[] };

/** What no deletion of ours reaches; whoever deletes must know. */
const elsewhere: Kept[] = [
  {
    what: { 'zh-CN': '企业微信里的好友关系、备注、标签和聊天', en: 'Her contacts, remarks, tags and chats in WeCom' },
    why: {
      'zh-CN': '它们归企业微信管，这里一样也没动。要删，请在企业微信里删。',
      en: 'They belong to WeCom and nothing of them was touched. To delete them, do it in WeCom.',
    },
  },
  {
    what: { 'zh-CN': '数据库备份里的旧副本', en: 'Old copies in backups of the database' },
    why: {
      'zh-CN': '到备份期满时消失；从旧备份恢复后，要再删一次。',
      en: 'They go when the backups expire. After an old one was restored, delete her again.',
    },
  },
];

/**
 * Deletes everything that we hold about one customer, in one transaction, and remembers by a hash that she is not to come back with the next sync. `confirm` must be
 * her name: a click alone deletes nobody. Answers what went and what stays, with why.
 */
export async function deleteCustomer(deps: Deps, who: Principal, externalUserId: string, confirm: string): Promise<Deletion> {
  await requireSeen(deps, who, externalUserId);
  const { corpId } = deps.config.wecom;
  return deps.db.transaction(async (tx) => {
    const name = await lockCustomer(tx, externalUserId);
    if (name === null) throw customerNotSeen();
    if (asTyped(confirm) !== typedToDelete(name, externalUserId))
      throw requestInvalid([
        {
          path: 'body.confirm',
          message: { 'zh-CN': '和客户的名字不一样，没有删除。', en: 'This is not the customer’s name. Nothing was deleted.' },
        },
      ]);
    const at = deps.clock.now();
    const reply: Deletion = { deleted: [], kept: [] };
    for (const table of customerTables) {
      if (table.onDelete === 'delete') {
        const rows = await deleteRows(tx, table, externalUserId);
        if (rows > 0) reply.deleted.push({ what: table.what, rows });
      } else if ((await countRows(tx, table, externalUserId)) > 0) reply.kept.push({ what: table.what, why: table.onDelete.keep });
    }
    await rememberForgotten(tx, corpId, externalUserId, at);
    const rows = Object.fromEntries(reply.deleted.map((one) => [one.what['zh-CN'], one.rows]));
    await writeAudit(tx, {
      corpId,
      who,
      action: 'customer.delete',
      subject: { kind: 'customer', id: externalUserId },
      detail: { rows },
      at,
    });
    return { deleted: reply.deleted, kept: [...reply.kept, ...elsewhere] };
  });
}
