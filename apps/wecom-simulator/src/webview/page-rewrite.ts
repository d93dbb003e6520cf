import { createHash } from 'node:crypto';

/** The page with a script as the first thing in its head. */
export function injectFirst(html: string, script: string): string {
  const tag = `<script>${script}</script>`;
  const head = /<head(\s[^>]*)?>/i.exec(html);
  if (head) return html.slice(0, head.index + head[0].length) + tag + html.slice(head.index + head[0].length);
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html);
  const at = doctype?.[0].length ?? 0;
  return html.slice(0, at) + tag + html.slice(at);
}

/**
 * The page's content security policy as a real client would see it: a native webview is no frame, and its bridge is no inline script,
 * so `frame-ancestors` goes and the script's hash comes. Null when nothing is left.
 */
export function relaxPolicy(policy: string, script: string): string | null {
  const hash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  const directives = policy
    .split(';')
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '' && !/^frame-ancestors\b/i.test(directive));
  const ofScripts = directives.filter((directive) => /^script-src(-elem)?\s/i.test(`${directive} `));
  const allowed = directives.map((directive) => (ofScripts.includes(directive) ? withHash(directive, hash) : directive));
  const fallback = directives.find((directive) => /^default-src\b/i.test(directive));
  if (ofScripts.length === 0 && fallback !== undefined) allowed.push(withHash(fallback.replace(/^default-src/i, 'script-src'), hash));
  return allowed.length === 0 ? null : allowed.join('; ');
}

/** `'none'` means nothing only when it stands alone; a hash switches `'unsafe-inline'` off, which already lets the script in. */
function withHash(directive: string, hash: string): string {
  if (directive.includes("'unsafe-inline'")) return directive;
  return `${directive.replace(/\s+'none'/i, '')} ${hash}`;
}
