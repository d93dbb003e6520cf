import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './settings.ts';

/** What the browser runs, and where its sources are. */
const browserApps = [
  { folder: 'apps/sidebar', sources: ['apps/sidebar/**', 'packages/*/src/**'] },
  { folder: 'apps/admin', sources: ['apps/admin/**', 'packages/*/src/**'] },
  { folder: 'apps/wecom-simulator', sources: ['apps/wecom-simulator/client/**', 'apps/wecom-simulator/vite.config.ts'] },
];

function digestOf(sources: string[]): string {
  const hash = createHash('sha256');
  const files = globSync([...sources, 'pnpm-lock.yaml'], { cwd: root, exclude: (path) => /(^|\/)(node_modules|dist)(\/|$)/.test(path) });
  for (const file of files.toSorted()) if (statSync(join(root, file)).isFile()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function runVite(folder: string, args: string[]): { child: ChildProcess; done: Promise<void> } {
  const child = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', ...args], {
    cwd: join(root, folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const done = new Promise<void>((built, failed) => {
    child.once('exit', (code) => (code === 0 ? built() : failed(new Error(`${folder} did not build:\n${output}`))));
  });
  return { child, done };
}

/** Builds what changed since the last build; a digest beside the bundle remembers what it was built from. */
export async function buildApps(): Promise<void> {
  await Promise.all(
    browserApps.map(async ({ folder, sources }) => {
      const digest = digestOf(sources);
      const note = join(root, folder, 'dist', '.built-from');
      if (existsSync(note) && readFileSync(note, 'utf8') === digest) return;
      await runVite(folder, []).done;
      writeFileSync(note, digest);
    }),
  );
}

/** Builds again at every change until stopped. */
export function watchApps(): { stop(): void } {
  const running = browserApps.map(({ folder }) => runVite(folder, ['--watch']));
  for (const { done } of running) done.catch(() => undefined);
  return { stop: () => running.forEach(({ child }) => child.kill('SIGTERM')) };
}
