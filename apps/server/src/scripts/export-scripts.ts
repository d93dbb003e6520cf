import type { Language } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import type { Deps, Principal } from '../feature.ts';
import { findScriptIds } from './list-scripts.store.ts';
import { findManyEdited } from './script-editing.store.ts';
import { reachOf } from './script-reach.ts';
import { tableColumns, writeScript } from './script-table.ts';
import { tableBooks } from './table-books.ts';
import {
  audienceWords,
  colon,
  columnName,
  exampleKey,
  fieldWords,
  partMarks,
  purposeWords,
  statusWords,
  writeDays,
} from './table-words.ts';
import { type TableFormat, writeTable } from './write-table.ts';

export const headings = (language: Language): string[] => tableColumns.map((column) => columnName(column)[language]);

/** The library as a table, in the order of ids: the same library gives the same file. A script with a draft is written as the draft. */
export async function exportScripts(deps: Deps, who: Principal, format: TableFormat, language: Language): Promise<Buffer> {
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
    return [...found.values()].map(({ script, content }) => writeScript(script.scriptId, content, script.status, books, language));
  });
  return writeTable(format, headings(language), rows);
}

/** What an operator downloads, fills in and uploads. */
export function writeTemplate(language: Language): Promise<Buffer> {
  const field = (name: keyof typeof fieldWords, words: string) => fieldWords[name][language] + colon[language] + words;
  const example: Record<string, string> = {
    编号: exampleKey[language],
    文件夹: '公司/使用回访',
    标题: '使用回访：精华一周',
    关键词: '回访；一周',
    用途: purposeWords.service[language],
    谁能看: audienceWords.company[language],
    适用月份: '3；4；5',
    客户问到: '怎么用；多久见效',
    下单后几天: writeDays([6, 9], language),
    买的是: '精华',
    默认词: '上次购买=之前买的',
    状态: statusWords.draft[language],
    消息1: '{客户称呼}，{上次购买}用了一周啦，皮肤还适应吗？',
    消息2: [
      partMarks.link[language],
      field('title', '精华怎么用'),
      field('description', '一分钟看懂'),
      field('url', 'https://example.com/serum'),
    ].join('\n'),
  };
  return writeTable('xlsx', headings(language), [tableColumns.map((column) => example[column] ?? '')]);
}
