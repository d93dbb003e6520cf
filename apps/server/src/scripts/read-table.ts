import { CsvError, parse } from 'csv-parse/sync';
import { readXlsx, UnreadableTable } from './read-xlsx.ts';
import { columnOf } from './table-words.ts';

export { UnreadableTable } from './read-xlsx.ts';

/** One import takes so many lines; a brand's library is far below. */
export const mostTableRows = 20_000;
/** A few lines of title and empty lines do not count. */
const slack = 20;
export const mostTableBytes = 20 * 1024 * 1024;

export type TableLine = { row: number; cells: ReadonlyMap<string, string> };
/** `row` is the number that a spreadsheet shows. */
export type Table = { columns: string[]; lines: TableLine[] };

const starts = (bytes: Buffer, ...first: number[]) => first.every((byte, n) => bytes[n] === byte);

function decode(bytes: Buffer): string {
  if (starts(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  if (starts(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What Excel saves as CSV on a Chinese Windows; gb18030 holds all of GBK.
  }
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableTable({
      'zh-CN': '文件的编码认不出来。在 Excel 里另存为「CSV UTF-8」或 .xlsx 再传。',
      en: 'The encoding of the file is not known. Save it in Excel as “CSV UTF-8” or .xlsx and upload it again.',
    });
  }
}

function readCsv(bytes: Buffer): string[][] {
  const text = decode(bytes);
  if (text.includes('\u0000'))
    throw new UnreadableTable({ 'zh-CN': '这个文件不是表格。请传 .xlsx 或 .csv。', en: 'This file is not a table. Upload .xlsx or .csv.' });
  const head = text.slice(0, text.search(/[\r\n]/) < 0 ? undefined : text.search(/[\r\n]/));
  const delimiter = [',', '\t', ';'].reduce((best, sign) => (head.split(sign).length > head.split(best).length ? sign : best), ',');
  const most = mostTableRows + slack;
  try {
    const rows: string[][] = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 1_000_000,
      to: most + 1,
    });
    if (rows.length > most)
      throw new UnreadableTable({
        'zh-CN': `表里超过 ${mostTableRows} 行，一次最多导入这么多。分成几个表再传。`,
        en: `The table has more than ${mostTableRows} rows, and no more can be imported at once. Split it.`,
      });
    return rows;
  } catch (error) {
    if (error instanceof CsvError)
      throw new UnreadableTable({
        'zh-CN': `第 ${error['lines'] ?? '?'} 行的引号没有配对，读不下去。用 Excel 打开，另存为 .xlsx 再传。`,
        en: `A quotation mark in line ${error['lines'] ?? '?'} is never closed, so it cannot be read on. Open it in Excel and save it as .xlsx.`,
      });
    throw error;
  }
}

function readRows(bytes: Buffer): Promise<string[][]> | string[][] {
  if (bytes.length === 0) throw new UnreadableTable({ 'zh-CN': '文件是空的。', en: 'The file is empty.' });
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new UnreadableTable({
      'zh-CN': '这是老格式的 .xls，或者加了密码。用 Excel 另存为不加密的 .xlsx 再传。',
      en: 'This is an old .xls, or it has a password. Save it in Excel as .xlsx without one.',
    });
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04)) return readXlsx(bytes, mostTableRows + slack);
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47) || starts(bytes, 0xff, 0xd8, 0xff) || starts(bytes, 0x47, 0x49, 0x46))
    throw new UnreadableTable({
      'zh-CN': '这是一张图片，只是名字改成了表格。请传 .xlsx 或 .csv。',
      en: 'This is a picture that was named like a table. Upload .xlsx or .csv.',
    });
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46))
    throw new UnreadableTable({
      'zh-CN': '这是 PDF，不是表格。请传 .xlsx 或 .csv。',
      en: 'This is a PDF, not a table. Upload .xlsx or .csv.',
    });
  return readCsv(bytes);
}

/** The line with the names of the columns may stand below a title. */
const headWithin = 10;

/** A table by what the file holds, not by its name. Throws UnreadableTable with a sentence. */
export async function readTable(bytes: Buffer): Promise<Table> {
  const rows = await readRows(bytes);
  const at = rows.slice(0, headWithin).findIndex((row) => row.some((cell) => columnOf(cell) === '标题'));
  const head = rows[at];
  if (head === undefined)
    throw new UnreadableTable({
      'zh-CN': '没找到「标题」这一列。下载模板，照着它的列名填。',
      en: 'There is no column “Title”. Download the template and use its names of columns.',
    });
  const columns = head.map(columnOf);
  const other = columns.findIndex((name, n) => name !== '' && columns.indexOf(name) !== n);
  if (other >= 0) {
    const both = [head[columns.indexOf(columns[other] ?? '')], head[other]].join(' / ');
    throw new UnreadableTable({
      'zh-CN': `有两列写的是同一项（${both}），留一列。`,
      en: `Two columns are the same one (${both}). Keep one.`,
    });
  }
  const lines = rows.slice(at + 1).flatMap((cells, n): TableLine[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const named = columns.flatMap((column, place) => (column === '' ? [] : [[column, cells[place] ?? ''] as const]));
    return [{ row: at + n + 2, cells: new Map(named) }];
  });
  if (lines.length > mostTableRows)
    throw new UnreadableTable({
      'zh-CN': `表里有 ${lines.length} 行，一次最多导入 ${mostTableRows} 行。分成几个表再传。`,
      en: `The table has ${lines.length} rows, and ${mostTableRows} can be imported at once. Split it.`,
    });
  if (lines.length === 0)
    throw new UnreadableTable({ 'zh-CN': '表里只有列名，没有话术。', en: 'The table has names of columns, but no scripts.' });
  return { columns: columns.filter((name) => name !== ''), lines };
}
