/** `pnpm run audit verify|continue`: whether the audit log is whole, from outside the server. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { openDatabase, urlOfCorp } from '../database.ts';
import type { ChainEnd } from './chain.ts';
import { faultSentence } from './fault-words.ts';
import { continueAudit } from './seal-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const usage = `pnpm run audit verify [--anchor 1234:hash]    reads the whole audit log; ends with 1 when something is missing or altered
pnpm run audit continue --anchor 1234:hash    after the head was tampered with: seal on behind this end

An anchor is an end of the log that was noted outside the database: "auditAnchor" in the server's own log.
`;

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  return process.exit(2);
}

function readAnchor(text: string | undefined): ChainEnd | undefined {
  if (text === undefined) return undefined;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  return seq === undefined || hash === undefined
    ? stop('--anchor is a number, a colon and 64 hexadecimal digits.')
    : { seq: Number(seq), hash };
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { anchor: { type: 'string' } } });
const [command] = positionals;
const anchor = readAnchor(values.anchor);
if (command !== 'verify' && !(command === 'continue' && anchor)) stop(usage);

if (existsSync('.env')) process.loadEnvFile('.env');
const read = readConfig(process.env);
if ('problems' in read) stop(read.problems.join('\n'));
const { config } = read;
const url = urlOfCorp(config.databaseUrl, config.wecom.corpId, config.sessionKey);
const { db, close } = openDatabase({ url, max: 1, onError: (error) => stop(error.message) });
const deps = { db, clock: systemClock, config };

if (command === 'continue' && anchor) await continueAudit(deps, anchor);
const { checked, end, faults } = await verifyAudit(deps, anchor ? { anchor } : {});
process.stdout.write(
  `${[`查了 ${checked} 条，到 ${end.seq}:${end.hash}。`, ...faults.map((fault) => faultSentence(fault)['zh-CN'])].join('\n')}\n`,
);
process.stdout.write(faults.length === 0 ? '没有缺，也没有改。\n' : '');
process.exitCode = faults.length === 0 ? 0 : 1;
await close();
