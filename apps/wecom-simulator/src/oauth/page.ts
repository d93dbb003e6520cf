import type { Staff } from '../world/world.ts';

/** The plain pages that WeCom itself shows on the way through OAuth. */
export function errorPage(errcode: number, sentence: string): string {
  return page('页面打不开', `<h1>${errcode}</h1><p>${escapeHtml(sentence)}</p>`);
}

/** A list of staff to sign in as; each is a link to this same address with `sim_staff` added. */
export function staffPage(
  title: string,
  staff: readonly Staff[],
  departmentName: (id: number) => string,
  linkOf: (userid: string) => string,
): string {
  const rows = staff.map(({ userid, name, position, departments }) => {
    const where = departments.map(departmentName).join('、');
    return `<li><a href="${escapeHtml(linkOf(userid))}"><b>${escapeHtml(name)}</b> <span>${escapeHtml(`${position} · ${where}`)}</span></a></li>`;
  });
  return page(title, `<h1>${escapeHtml(title)}</h1><ul>${rows.join('')}</ul>`);
}

export function page(title: string, body: string, style = ''): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>
body{margin:0 auto;max-width:520px;padding:24px 16px;font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:#1f2a2e;background:#f3f5f5}
h1{font-size:18px;font-weight:600}ul{list-style:none;margin:0;padding:0;background:#fff;border-radius:10px;overflow:hidden}
a{display:block;padding:11px 14px;color:inherit;text-decoration:none}a:hover,a:focus{background:#edf1f1}b{font-weight:600}span{color:#626d71;font-size:13px;margin-left:6px}${style}
</style></head><body>${body}</body></html>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
