import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdminBoot, SidebarBoot } from '@nextline/contract';

const marker = '<!--nextline-boot-->';

/** JSON inside a script element: `<` is the one character that could end it, and two separators that old engines take for line ends. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

export type BootedPage = {
  /** The built page with its boot data; null when the app has not been built. */
  render(boot: SidebarBoot | AdminBoot): Promise<string | null>;
};

/** Read anew when a build has replaced it, so that a build needs no restart. */
export function bootedPage(distFolder: string): BootedPage {
  const file = join(distFolder, 'index.html');
  let held: { html: string; writtenAt: number } | null = null;

  async function current(): Promise<string | null> {
    try {
      const { mtimeMs } = await stat(file);
      if (held?.writtenAt !== mtimeMs) held = { html: await readFile(file, 'utf8'), writtenAt: mtimeMs };
      return held.html;
    } catch {
      return null;
    }
  }

  return {
    async render(boot) {
      const html = await current();
      const data = `<script type="application/json" id="nextline-boot">${inScript(boot)}</script>`;
      // A function, since `$&` in a name would otherwise mean something to replace().
      return html?.replace(marker, () => data) ?? null;
    },
  };
}
