import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './free-port.ts';
import { startLocalPostgres } from './start.ts';

test('a pid that an earlier run left behind and that is somebody else now is left alone', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nextline-local-postgres-'));
  // As root it is not root who runs Postgres.
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'data');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const first = await startLocalPostgres({ port: await freePort(), dataDir });
  await first.stop();
  const somebody = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void somebody.kill('SIGKILL'));
  writeFileSync(join(dataDir, 'postmaster.pid'), `${somebody.pid}\n`);
  const second = await startLocalPostgres({ port: await freePort(), dataDir });
  await second.stop();
  expect([somebody.exitCode, somebody.signalCode]).toEqual([null, null]);
});
