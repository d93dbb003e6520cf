/** Logging in as a guide does: the page sends one to WeCom, WeCom sends one back with a code, the product sets its cookie. No back door. */

const wanted = 'nextline_session';

/** Follows redirects by hand and keeps cookies per host, as a browser would. Returns the `cookie` header for the product. */
export async function logIn(publicUrl: string, simulatorUrl: string, staffUserId: string): Promise<string> {
  const jar = new Map<string, string>();
  const simulator = new URL(simulatorUrl).origin;
  let address = `${publicUrl}/sidebar/`;
  for (let hops = 0; hops < 8; hops += 1) {
    const url = new URL(address);
    const ours = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: url.origin === simulator ? `sim_staff=${staffUserId}` : ours,
        accept: 'text/html',
        'user-agent': 'wxwork/4.1.36 bench',
      },
    });
    await answer.arrayBuffer();
    if (url.origin !== simulator)
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';', 1);
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
    const session = jar.get(wanted);
    if (session) return `${wanted}=${session}`;
    const location = answer.headers.get('location');
    if (!location) throw new Error(`no session for ${staffUserId}: ${url.pathname} answered ${answer.status} without a redirect`);
    address = new URL(location, url).href;
  }
  throw new Error(`no session for ${staffUserId}: redirected in a circle`);
}
