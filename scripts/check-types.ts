/** Type-checks every tsconfig of the workspace, two at a time: plain TypeScript and Vue single-file components alike. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';

const configs = [
  ...globSync('apps/*/{tsconfig.json,client/tsconfig.json}'),
  ...globSync('packages/*/tsconfig.json'),
  ...globSync('{demo,e2e,bench,chaos,local-postgres,scripts}/tsconfig.json'),
].toSorted();
let failed = 0;

async function check(config: string): Promise<void> {
  const child = spawn('vue-tsc', ['--noEmit', '-p', config], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code === 0) return;
  failed += 1;
  process.stdout.write(`${config}\n${output}\n`);
}

const queue = [...configs];
const takers = [0, 1].map(async () => {
  for (let config = queue.shift(); config; config = queue.shift()) await check(config);
});
await Promise.all(takers);
if (failed > 0) process.exit(1);
process.stdout.write(`types: ${configs.length} projects, no errors\n`);
