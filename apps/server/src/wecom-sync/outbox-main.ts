/** `pnpm run outbox list|written|again`: writes of which nobody can say whether WeCom made them, from the command line. */
import { parseArgs } from 'node:util';
import { createWeCom } from '@nextline/wecom';
import { openCommandLine, stopWith } from '../command-line.ts';
import { createCallLedger } from './call-ledger.store.ts';
import { createSecretStore } from './secret-store.ts';
import { unsureLines } from './unsure-words.ts';
import { answerUnsure, showUnsure } from './unsure-writes.ts';

const usage = `pnpm run outbox list                     what nobody can say of, and what WeCom shows now
pnpm run outbox written CUSTOMER/WRITE …  it stands in WeCom: strike it off
pnpm run outbox again CUSTOMER/WRITE …    write it again, unless WeCom shows it by then

Each takes --env-file FILE.
`;

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { 'env-file': { type: 'string' }, help: { type: 'boolean' } } });
  } catch (error) {
    return stopWith(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** An id of WeCom's may hold a slash; ours does not. */
function readKey(text: string): { externalUserId: string; writeId: string } {
  const [, externalUserId, writeId] = /^(.+)\/([0-9a-f-]{36})$/.exec(text) ?? [];
  return externalUserId !== undefined && writeId !== undefined
    ? { externalUserId, writeId }
    : stopWith(`${text}: 要写成 客户/编号，list 里就是这样。`);
}

const { values, positionals } = readArguments();
const [command, ...keys] = positionals;
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
if (command !== 'list' && ((command !== 'written' && command !== 'again') || keys.length === 0)) stopWith(usage);
const line = await openCommandLine({ envFile: values['env-file'] });
const { config, db, clock, log } = line;
const { apiUrl, corpId, agentId, secret } = config.wecom;
if (command === 'list') {
  const secrets = createSecretStore({ db, log }, config, clock.now);
  const wecom = createWeCom({ apiUrl, corpId, agentId, secret, clock, secrets, ledger: createCallLedger(db, corpId) });
  process.stdout.write(`${unsureLines(await showUnsure({ db, clock, wecom }, 'zh-CN')).join('\n')}\n`);
} else
  for (const key of keys.map(readKey)) {
    const left = await answerUnsure({ db, clock, config }, key, command === 'written' ? 'written' : 'again', { staffUserId: null }).catch(
      (error: unknown) => stopWith(error instanceof Error ? error.message : String(error)),
    );
    process.stdout.write(
      `${key.externalUserId}/${key.writeId}：${command === 'written' ? '已记为写入' : '再写一次，几秒后可见'}。还剩 ${left} 条。\n`,
    );
  }
await line.close();
