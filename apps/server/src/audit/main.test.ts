import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { readHead } from './audit.store.ts';
import { sealAudit } from './seal-audit.ts';
import { writeAudit } from './write-audit.ts';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp();
  const { corpId } = world.deps.config.wecom;
  const entry = { corpId, who: { staffUserId: 'shen' }, action: 'script.publish', subject: { kind: 'script', id: 's1' } } as const;
  await writeAudit(
    world.deps.db,
    { ...entry, at: world.clock.now() },
    { ...entry, at: world.clock.now() },
    { ...entry, at: world.clock.now() },
  );
  await sealAudit(world.deps);
});
afterAll(() => world.close());

const program = fileURLToPath(new URL('main.ts', import.meta.url));

/** As whoever runs the server would call it. */
function run(...given: string[]): Promise<{ code: number; said: string }> {
  const { config } = world.deps;
  const env = {
    ...process.env,
    PUBLIC_URL: config.publicUrl,
    SESSION_KEY: config.sessionKey,
    DATABASE_URL: config.databaseUrl,
    WECOM_CORP_ID: config.wecom.corpId,
    WECOM_AGENT_ID: config.wecom.agentId,
    WECOM_SECRET: config.wecom.secret,
    WECOM_CALLBACK_TOKEN: config.wecom.callbackToken,
    WECOM_CALLBACK_AES_KEY: config.wecom.callbackAesKey,
  };
  return new Promise((done) => {
    execFile(process.execPath, [program, ...given], { env }, (error, out, err) =>
      done({ code: Number(error?.code ?? 0), said: out + err }),
    );
  });
}

test('the command line says whether the log is whole, ends with 1 when it is not, and explains itself', async () => {
  const head = await readHead(world.deps.db);
  const anchor = `${head?.seq ?? 0}:${head?.hash ?? ''}`;
  expect(await run('verify', '--anchor', anchor)).toEqual({ code: 0, said: `查了 3 条，到 ${anchor}。\n没有缺，也没有改。\n` });
  expect((await run()).code).toBe(2);
  expect((await run('verify', '--anchor', 'x')).said).toContain('--anchor');
  const owner = openDatabase({ url: world.database.ownerUrl, max: 1, onError: () => undefined });
  await owner.db.execute(sql`DELETE FROM audit_log WHERE seq = 2`);
  await owner.close();
  const { code, said } = await run('verify');
  expect([code, said]).toEqual([1, expect.stringContaining('第 2 条不见了。')]);
});
