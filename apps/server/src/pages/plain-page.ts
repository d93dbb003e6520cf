import type { Language } from '@nextline/contract';

/** Words for a page that has nothing but words: what happened, why, and at most one thing to do. */
export type PlainPage = { title: string; what: string; why: string; action: { label: string; href: string } | null };

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = (raw: string) => raw.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);

const style = `
:root{color-scheme:light dark;--page:#F3F5F5;--surface:#FFFFFF;--sunken:#EDF1F1;--ink-1:#14191B;--ink-2:#4C575B;--ink-3:#626D71;--accent:#0B666A;--on-accent:#FFFFFF}
@media (prefers-color-scheme:dark){:root{--page:#111415;--surface:#1B1F20;--sunken:#262B2C;--ink-1:#E8ECEC;--ink-2:#AEB8BA;--ink-3:#8E999C;--accent:#5CC5C0;--on-accent:#05282A}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;padding:24px 12px;background:var(--page);color:var(--ink-1);font:400 14px/20px -apple-system,BlinkMacSystemFont,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
main{width:100%;max-width:360px;padding:24px 16px;border-radius:12px;background:var(--surface);text-align:center}
.tile{display:inline-flex;align-items:center;justify-content:center;width:40px;height:40px;border-radius:8px;background:var(--sunken);color:var(--ink-3)}
h1{margin:12px 0 4px;font-size:16px;line-height:22px;font-weight:600;text-wrap:balance}
p{margin:0;color:var(--ink-2);overflow-wrap:anywhere;text-wrap:balance}
a{display:inline-block;margin-top:16px;min-height:44px;padding:12px 24px;border-radius:8px;background:var(--accent);color:var(--on-accent);font-weight:500;text-decoration:none}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
footer{margin-top:16px;color:var(--ink-3);font-size:12px;line-height:18px}`;

/** A page without script, for the moments before there is an application to show. */
export function plainPage({ title, what, why, action }: PlainPage, language: Language = 'zh-CN'): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${text(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<span class="tile" aria-hidden="true"><svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"><circle cx="10" cy="10" r="7.25"/><path d="M10 6.5v4M10 13.4v.1"/></svg></span>
<h1>${text(what)}</h1>
<p>${text(why)}</p>
${action === null ? '' : `<a href="${text(action.href)}">${text(action.label)}</a>`}
<footer>${language === 'en' ? 'Nextline' : '下一句'}</footer>
</main>
</body>
</html>`;
}
