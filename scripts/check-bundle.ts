/**
 * Fails the build of an app whose first load grows: what the browser must load and run before anything can be seen.
 * `node scripts/check-bundle.ts sidebar|admin`
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

type Chunk = {
  file: string;
  name?: string;
  src?: string;
  css?: string[];
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
};

const app = process.argv[2] ?? 'sidebar';
const dist = join(import.meta.dirname, '..', 'apps', app, 'dist');
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'));

/** A chunk and everything it imports statically, each once. */
function loadedWith(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return seen;
  seen.add(key);
  for (const imported of chunk.imports ?? []) loadedWith(imported, seen);
  return seen;
}

const gzipBytes = (file: string) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;

function gzipKb(keys: Iterable<string>, { styles = false } = {}): number {
  const files = [...keys].flatMap((key) => {
    const { file = '', css = [] } = manifest[key] ?? {};
    return [...(file.endsWith('.js') ? [file] : []), ...(styles ? css : [])];
  });
  return [...new Set(files)].reduce((sum, file) => sum + gzipBytes(file), 0) / 1000;
}

const keyOf = (wanted: (chunk: Chunk) => boolean, what: string) => {
  const key = Object.keys(manifest).find((one) => manifest[one] && wanted(manifest[one]));
  if (!key) throw new Error(`the manifest of apps/${app} names no ${what}`);
  return key;
};

type Measured = { what: string; kb: number; limitKb: number };

function sidebar(): Measured[] {
  // What the entry fetches to draw the first words: by import(), but nothing is seen without it.
  const drawsFirst = keyOf(({ name, file }) => name === 'app' && file.endsWith('.js'), 'chunk "app"');
  const first = loadedWith(drawsFirst, loadedWith(entry));
  // The tab that opens by itself: not needed for the first words, but loaded right behind them.
  const withPanel = loadedWith('src/panels/scripts/ScriptsPanel.vue', new Set(first));
  return [
    { what: 'first route', kb: gzipKb(first), limitKb: 60 },
    { what: 'with the library', kb: gzipKb(withPanel), limitKb: 100 },
  ];
}

/** The shell with its style sheets; and each page, which must come by import() when it is opened. */
function admin(): Measured[] {
  const shell = loadedWith(entry);
  const pages = Object.keys(manifest).filter((key) => /^src\/pages\/.*Page\.vue$/.test(key));
  const notLazy = Object.keys(manifest).filter((key) => key.startsWith('src/pages/') && shell.has(key));
  if (notLazy.length > 0) throw new Error(`loaded with the shell instead of when it is opened: ${notLazy.join(', ')}`);
  const heaviest = pages
    .map((key) => ({
      key,
      kb: gzipKb(
        [...loadedWith(key)].filter((one) => !shell.has(one)),
        { styles: true },
      ),
    }))
    .toSorted((one, other) => other.kb - one.kb)[0];
  return [
    { what: 'shell', kb: gzipKb(shell, { styles: true }), limitKb: 350 },
    ...(heaviest ? [{ what: `heaviest page (${heaviest.key.split('/').at(-1)})`, kb: heaviest.kb, limitKb: 350 }] : []),
  ];
}

const entry = keyOf(({ isEntry }) => isEntry === true, 'entry');
const measured = app === 'admin' ? admin() : sidebar();
process.stdout.write(
  `${app}: ${measured.map(({ what, kb, limitKb }) => `${what} ${kb.toFixed(1)} kB gzip (limit ${limitKb})`).join(', ')}\n`,
);
if (measured.some(({ kb, limitKb }) => kb > limitKb)) {
  process.stderr.write(`apps/${app} is too large. Load what is not needed at once by import(), or do without it.\n`);
  process.exit(1);
}
