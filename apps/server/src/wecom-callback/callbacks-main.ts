/** `pnpm run callbacks list|show|replay`: the inbox from the command line. */
import { parseArgs } from 'node:util';
import { callbackState } from '@nextline/contract';
import { type CommandLine, openCommandLine, stopWith } from '../command-line.ts';
import { callbackLine } from './callback-line.ts';
import { findXml } from './inbox-list.store.ts';
import { replayCallback, replayDead, showCallbacks } from './replay-callbacks.ts';

const usage = `pnpm run callbacks list [--state dead|waiting|applied|kept] [--limit 50]
pnpm run callbacks show HASH          the event as WeCom sent it
pnpm run callbacks replay HASH …      put these in line again
pnpm run callbacks replay --dead      put all dead ones in line again, once the cause is repaired

Each takes --env-file FILE. A callback is applied from what WeCom says now: once more does no harm.
`;

const nobody = { staffUserId: null };

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        state: { type: 'string', default: 'dead' },
        limit: { type: 'string', default: '50' },
        dead: { type: 'boolean' },
        'env-file': { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    return stopWith(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

async function list(line: CommandLine, state: string, limit: number): Promise<void> {
  const known = callbackState.safeParse(state);
  if (!known.success || !Number.isInteger(limit) || limit < 1) stopWith(usage);
  const { callbacks, nextBefore } = await showCallbacks(line, { state: known.data, limit });
  for (const callback of callbacks) process.stdout.write(`${callbackLine(callback)}\n`);
  const more = nextBefore === null ? '' : '，后面还有，用 --limit 看更多';
  process.stdout.write(`${callbacks.length} 条 ${state}${more}。\n`);
}

async function show(line: CommandLine, payloadHash: string): Promise<void> {
  process.stdout.write(`${(await findXml(line.db, payloadHash)) ?? stopWith('没有这条回调。')}\n`);
}

async function replay(line: CommandLine, hashes: string[], dead: boolean): Promise<void> {
  if (dead) {
    process.stdout.write(`${await replayDead(line, nobody)} 条死信重新排队了。\n`);
    return;
  }
  for (const hash of hashes) process.stdout.write(`${callbackLine(await replayCallback(line, hash, nobody).catch(said))}\n`);
}

const said = (error: unknown) => stopWith(error instanceof Error ? error.message : String(error));

const { values, positionals } = readArguments();
const [command, ...hashes] = positionals;
const [hash] = hashes;
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const known =
  command === 'list' || (command === 'show' && hash !== undefined) || (command === 'replay' && (values.dead || hash !== undefined));
if (!known) stopWith(usage);
const line = await openCommandLine({ envFile: values['env-file'] });
if (command === 'list') await list(line, values.state, Number(values.limit));
else if (command === 'show' && hash !== undefined) await show(line, hash);
else await replay(line, hashes, values.dead ?? false);
await line.close();
