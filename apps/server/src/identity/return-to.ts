/** Where to go after signing in: only a path of ours. Everything else, `//elsewhere`, `/\elsewhere` and what comes to them (`/.//elsewhere`) too, leads to the sidebar. */
export function returnPath(wanted: string | undefined, publicUrl: string): string {
  const fallback = '/sidebar/';
  // oxlint-disable-next-line no-control-regex
  if (wanted === undefined || !wanted.startsWith('/') || wanted.length > 1024 || /[\u0000-\u001f\\]/.test(wanted)) return fallback;
  if (!URL.canParse(wanted, publicUrl)) return fallback;
  const url = new URL(wanted, publicUrl);
  if (url.pathname.startsWith('//')) return fallback;
  return url.origin === new URL(publicUrl).origin ? url.pathname + url.search + url.hash : fallback;
}
