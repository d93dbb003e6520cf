import qrcode from 'qrcode';
import type { Department, Staff } from '../world/world.ts';
import { escapeHtml, page } from './page.ts';

type Someone = Pick<Staff, 'userid' | 'name' | 'position' | 'departments' | 'avatar'>;

/**
 * WeCom's sign-in for desktop browsers: a code, and since nobody's phone can scan it here, everybody whose phone could. Each is a link to this same
 * address with `sim_staff` added. `code`: what the picture says.
 */
export async function loginPage(
  corpName: string,
  code: string,
  staff: readonly Someone[],
  departments: readonly Department[],
  linkOf: (userid: string) => string,
): Promise<string> {
  const groups = departments
    .map(({ id, name }) => ({ name, people: staff.filter((one) => one.departments[0] === id) }))
    .filter(({ people }) => people.length > 0)
    .map(({ name, people }) => `<section><h2>${escapeHtml(name)}</h2><ul>${people.map((one) => row(one, linkOf)).join('')}</ul></section>`);
  const picture = await qrcode.toString(code, {
    type: 'svg',
    margin: 0,
    errorCorrectionLevel: 'L',
    color: { dark: '#1f2a2e', light: '#0000' },
  });
  return page(
    '扫码登录',
    `<main><div class="scan"><p class="drill">演练 · 模拟企业微信</p><h1>扫码登录 ${escapeHtml(corpName)}</h1><div class="code" aria-hidden="true">${picture}</div>
<p>真的企业微信里，用手机扫这个码。<br>这里点一位员工，就是用谁的手机扫。</p></div><nav aria-label="用谁的手机扫">${groups.join('')}</nav></main>`,
    style,
  );
}

function row({ userid, name, position, avatar }: Someone, linkOf: (userid: string) => string): string {
  const picture = `<img src="/avatars/${encodeURIComponent(avatar)}.svg" alt="" width="32" height="32">`;
  return `<li><a href="${escapeHtml(linkOf(userid))}">${picture}<b>${escapeHtml(name)}</b> <span>${escapeHtml(position)}</span></a></li>`;
}

const style = `
body{max-width:none;min-height:100vh;padding:0}main{display:flex;gap:48px;justify-content:center;align-items:flex-start;padding:48px 24px}
.scan{position:sticky;top:48px;width:300px;padding:28px 24px;border-radius:14px;background:#fff;text-align:center}
.drill{margin:0 0 12px;color:#7a5300;font-size:12px}.code{width:190px;height:190px;margin:18px auto;padding:8px;border:1px solid #d9e0e1;border-radius:10px}.code svg{width:100%;height:100%}
.scan p{margin:0;color:#4c575b;font-size:13px}nav{width:420px}section{margin-bottom:18px}h2{margin:0 0 6px;color:#626d71;font-size:13px;font-weight:400}
nav a{display:flex;gap:10px;align-items:center}img{border-radius:7px}
@media(max-width:860px){main{flex-direction:column;align-items:center;gap:24px}.scan{position:static}nav{width:100%;max-width:420px}}
@media(prefers-color-scheme:dark){body{background:#111415;color:#e8ecec}.scan,ul{background:#1b1f20}.scan p,h2,span{color:#aeb8ba}.drill{color:#f0b25e}.code{background:#e8ecec}a:hover,a:focus{background:#262b2c}}`;
