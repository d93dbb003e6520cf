import { parseArgs } from 'node:util';

export type Options = {
  only: string[];
  seed: number | null;
  /** Seconds instead of what the fault table asks for. */
  seconds: number | null;
  /** The same for a row that is counted in steps. */
  steps: number | null;
  /** How many seeds in a row. */
  seeds: number;
  share: number;
  short: boolean;
};

function number(name: string, text: string | undefined, least: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!Number.isFinite(value) || value < least)
    throw new Error(`--${name} is ${JSON.stringify(text)}: it must be a number, at least ${least}.`);
  return value;
}

/**
 * `--only T3,T5`, `--seed 17` (chosen by the day and printed otherwise), `--seeds 20` (from that one on), `--seconds 600` (T25: `--steps 100000`), `--share 0.1` of load L,
 * `--short` (as in `pnpm test`). Throws one sentence for what is wrong.
 */
export function readOptions(args: string[], known: readonly string[], machineShare: number): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      seed: { type: 'string' },
      seeds: { type: 'string' },
      seconds: { type: 'string' },
      steps: { type: 'string' },
      share: { type: 'string' },
      short: { type: 'boolean' },
    },
  });
  const wanted = values.only?.split(',').map((id) => id.trim().toUpperCase());
  const unknown = wanted?.filter((id) => !known.includes(id)) ?? [];
  if (unknown.length > 0) throw new Error(`--only knows ${known.join(', ')}, not ${unknown.join(', ')}.`);
  return {
    only: known.filter((id) => wanted === undefined || wanted.includes(id)),
    seed: number('seed', values.seed, 0),
    seeds: Math.round(number('seeds', values.seeds, 1) ?? 1),
    seconds: number('seconds', values.seconds, 1),
    steps: number('steps', values.steps, 1),
    share: number('share', values.share, 0.0001) ?? machineShare,
    short: values.short ?? false,
  };
}
