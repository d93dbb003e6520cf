import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const kit = join(dirname(createRequire(import.meta.url).resolve('drizzle-kit')), 'bin.cjs');

test('the tables in the code are those of the migrations: generating again finds nothing to do', { timeout: 60_000 }, () => {
  const out = mkdtempSync(join(tmpdir(), 'nextline-drizzle-'));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  cpSync(join(root, 'drizzle'), out, { recursive: true });
  const before = readdirSync(out, { recursive: true }).toSorted();
  const schema = join(root, 'apps/server/src/*/*.table.ts');
  const said = execFileSync(
    process.execPath,
    [kit, 'generate', '--dialect', 'postgresql', '--schema', schema, '--out', relative(root, out)],
    {
      cwd: root,
    },
  );
  expect(said.toString()).toContain('No schema changes');
  expect(readdirSync(out, { recursive: true }).toSorted()).toEqual(before);
});
