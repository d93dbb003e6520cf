import { writeAudit } from '../audit/write-audit.ts';
import type { Deps, Principal } from '../feature.ts';
import { findScriptIds } from './list-scripts.store.ts';
import { findManyEdited } from './script-editing.store.ts';
import { reachOf } from './script-reach.ts';
import { tableColumns, writeScript } from './script-table.ts';
import { tableBooks } from './table-books.ts';
import { type TableFormat, writeTable } from './write-table.ts';

/** The library as a table, in the order of ids: the same library gives the same file. A script with a draft is written as the draft. */
export async function exportScripts(deps: Deps, who: Principal, format: TableFormat): Promise<Buffer> {
  const { corpId } = deps.config.wecom;
  const reach = reachOf(who);
  const rows = await deps.db.transaction(async (tx) => {
    const { books } = await tableBooks(deps, tx);
    const found = await findManyEdited(tx, reach, (await findScriptIds(tx, reach, {})).sort(), false);
    await writeAudit(tx, {
      corpId,
      who,
      action: 'script.export',
      subject: { kind: 'library', id: format },
      detail: { scripts: found.size },
      at: deps.clock.now(),
    });
    return [...found.values()].map(({ script, content }) => writeScript(script.scriptId, content, script.status, books));
  });
  return writeTable(format, tableColumns, rows);
}

/** Lines whose key begins so show how to fill in the template and are never imported. */
export const exampleMark = '示例';

/** What an operator downloads, fills in and uploads. */
export function writeTemplate(): Promise<Buffer> {
  const example: Record<string, string> = {
    编号: `${exampleMark}-1`,
    文件夹: '公司/使用回访',
    标题: '使用回访：精华一周',
    关键词: '回访；一周',
    用途: '服务',
    谁能看: '全部',
    适用月份: '3；4；5',
    客户问到: '怎么用；多久见效',
    下单后几天: '6 到 9',
    买的是: '精华',
    默认词: '上次购买=之前买的',
    状态: '草稿',
    消息1: '{客户称呼}，{上次购买}用了一周啦，皮肤还适应吗？',
    消息2: '[链接]\n标题：精华怎么用\n说明：一分钟看懂\n网址：https://example.com/serum',
  };
  return writeTable('xlsx', tableColumns, [tableColumns.map((column) => example[column] ?? '')]);
}
