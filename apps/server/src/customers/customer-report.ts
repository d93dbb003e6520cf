import type { Language } from '@nextline/contract';
import { customerTables } from './customer-tables.ts';

export type CustomerExport = { exportedAt: string; externalUserId: string; tables: Record<string, Record<string, unknown>[]> };

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = (value: unknown): string => {
  const plain = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return plain.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
};

function table(rows: Record<string, unknown>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const head = columns.map((column) => `<th>${text(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${columns.map((column) => `<td>${text(row[column])}</td>`).join('')}</tr>`).join('\n');
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

const words = {
  'zh-CN': {
    title: '客户数据',
    heading: '我们保存的这位客户的全部数据',
    taken: (id: string, at: string) => `客户编号 ${id}，导出时间 ${at}。`,
    rows: (count: number) => `${count} 条`,
    none: '没有。',
  },
  en: {
    title: 'Customer data',
    heading: 'Everything that we hold about this customer',
    taken: (id: string, at: string) => `Customer ${id}, exported ${at}.`,
    rows: (count: number) => `${count} rows`,
    none: 'Nothing.',
  },
};

/** The export as one page that any browser opens and that carries nothing but text. */
export function customerReport({ exportedAt, externalUserId, tables }: CustomerExport, language: Language): string {
  const say = words[language];
  const sections = customerTables.map(({ table: name, what }) => {
    const rows = tables[name] ?? [];
    return `<h2>${what[language]} <small>${text(name)} · ${say.rows(rows.length)}</small></h2>\n${rows.length > 0 ? table(rows) : `<p>${say.none}</p>`}`;
  });
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${say.title}</title><style>
body { font: 14px/1.6 system-ui, sans-serif; margin: 32px; color: #14191b }
table { border-collapse: collapse; display: block; overflow-x: auto }
th, td { border: 1px solid #cdd5d6; padding: 4px 8px; text-align: left; vertical-align: top; white-space: pre-wrap; max-width: 480px }
h2 small { color: #626d71; font-weight: 400 }
</style></head><body>
<h1>${say.heading}</h1>
<p>${say.taken(text(externalUserId), text(exportedAt))}</p>
${sections.join('\n')}
</body></html>
`;
}
