import writeXlsxFile from 'write-excel-file/node';
import { guarded } from './formula-guard.ts';
import { columnOf } from './table-words.ts';

export type TableFormat = 'xlsx' | 'csv';

export const contentTypeOf: Readonly<Record<TableFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

/** Every cell is text that no spreadsheet calculates. The CSV begins with the mark by which Excel knows UTF-8. */
export async function writeTable(format: TableFormat, columns: readonly string[], rows: readonly (readonly string[])[]): Promise<Buffer> {
  if (format === 'csv') {
    const lines = [columns, ...rows].map((row) => row.map((cell) => quoted(guarded(cell))).join(','));
    return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf8');
  }
  const head = columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) => row.map((cell) => (cell === '' ? null : { value: guarded(cell), type: String, format: '@' })));
  const widths = columns.map(columnOf).map((name) => ({ width: name.startsWith('消息') ? 40 : name === '标题' ? 28 : 14 }));
  return writeXlsxFile([head, ...body], { columns: widths, stickyRowsCount: 1 }).toBuffer();
}
