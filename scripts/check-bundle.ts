/** Fails the build when the sidebar's first route grows: what the browser must load and run before anything can be seen. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

type Chunk = { file: string; name?: string; isEntry?: boolean; imports?: string[]; dynamicImports?: string[] };

const firstRouteLimitKb = 60;
/** What the entry fetches to draw the first words: by import(), but nothing is seen without it. */
const drawsFirst = 'app';
const withPanelLimitKb = 100;
/** The tab that opens by itself: not needed for the first words, but loaded right behind them. */
const openAtFirst = 'src/panels/scripts/ScriptsPanel.vue';

const dist = join(import.meta.dirname, '..', 'apps', 'sidebar', 'dist');
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'));

/** A chunk and everything it imports statically, each once. */
function loadedWith(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return seen;
  seen.add(key);
  for (const imported of chunk.imports ?? []) loadedWith(imported, seen);
  return seen;
}

function gzipKb(keys: Iterable<string>): number {
  let bytes = 0;
  for (const key of keys) {
    const file = manifest[key]?.file;
    if (file?.endsWith('.js')) bytes += gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
  }
  return bytes / 1000;
}

const keyOf = (wanted: (chunk: Chunk) => boolean) => Object.keys(manifest).find((key) => manifest[key] && wanted(manifest[key]));
const entry = keyOf(({ isEntry }) => isEntry === true);
const app = keyOf(({ name, file }) => name === drawsFirst && file.endsWith('.js'));
if (!entry || !app) throw new Error(`the manifest of apps/sidebar names no entry or no chunk ${drawsFirst}`);
const firstRoute = loadedWith(app, loadedWith(entry));
const firstRouteKb = gzipKb(firstRoute);
const withPanelKb = gzipKb(loadedWith(openAtFirst, new Set(firstRoute)));

process.stdout.write(
  `sidebar: first route ${firstRouteKb.toFixed(1)} kB gzip (limit ${firstRouteLimitKb}), with the library ${withPanelKb.toFixed(1)} kB (limit ${withPanelLimitKb})\n`,
);
if (firstRouteKb > firstRouteLimitKb || withPanelKb > withPanelLimitKb) {
  process.stderr.write('The sidebar is too large. Load what is not needed at once by import(), or do without it.\n');
  process.exit(1);
}
