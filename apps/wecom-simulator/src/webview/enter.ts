import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * `/_webview/enter?staff=<userid>&to=<path>`: from now on the webview belongs to this staff member. On a change of person the cookies of
 * the one before are dropped, since in WeCom each has a client of their own. 400 for a path that leads elsewhere.
 */
export function enterAs(url: URL, request: IncomingMessage, response: ServerResponse): void {
  const staff = url.searchParams.get('staff') ?? '';
  const to = url.searchParams.get('to') ?? '/';
  if (!/^\/(?![/\\])/.test(to)) {
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end('`to` must be a path of the product\n');
    return;
  }
  const cookies = cookieNames(request.headers.cookie ?? '');
  // Not `sim_staff`: the client page has already set that one to the new person, on the same host.
  const former = cookies.get('sim_webview_staff');
  const dropped = former === encodeURIComponent(staff) ? [] : [...cookies.keys()].filter((name) => !name.startsWith('sim_'));
  response.writeHead(302, {
    location: to,
    'cache-control': 'no-store',
    'set-cookie': [
      `sim_staff=${encodeURIComponent(staff)}; Path=/; SameSite=Lax`,
      `sim_webview_staff=${encodeURIComponent(staff)}; Path=/; SameSite=Lax`,
      ...dropped.map((name) => `${name}=; Path=/; Max-Age=0`),
    ],
  });
  response.end();
}

function cookieNames(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('=', 2));
  return new Map(pairs.flatMap(([name, value]) => (name ? [[name, value ?? ''] as const] : [])));
}
