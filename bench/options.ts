import { parseArgs } from 'node:util';

export const benchIds = ['R1', 'R2', 'R3', 'R4', 'R8', 'L1', 'S1', 'S2'] as const;
export type BenchId = (typeof benchIds)[number];

export type Options = {
  only: BenchId[];
  customers: number;
  /** Pairs per ratio: at least, and at most while the interval is still too wide. */
  pairs: { least: number; most: number };
  /** How long one arm runs in one round. */
  seconds: number;
  /** A try of the machinery; its numbers say nothing. */
  quick: boolean;
};

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(`--${name} is ${JSON.stringify(text)}: it must be a whole number, at least ${least}.`);
  return value;
}

/** `--only R1,R3`, `--customers 100000`, `--rounds 12`, `--seconds 3`, `--quick`. Throws one sentence for what is wrong. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      customers: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      quick: { type: 'boolean' },
    },
  });
  const quick = values.quick ?? false;
  const wanted = values.only?.split(',').map((id) => id.trim().toUpperCase());
  const unknown = wanted?.filter((id) => !benchIds.some((known) => known === id)) ?? [];
  if (unknown.length > 0) throw new Error(`--only knows ${benchIds.join(', ')}, not ${unknown.join(', ')}.`);
  // Ten pairs are what a ratio needs; two more make up for a bad one.
  const rounds = wholeNumber('rounds', values.rounds ?? (quick ? '2' : '12'), 1);
  const only = benchIds.filter((id) => wanted === undefined || wanted.includes(id));
  // The list by itself is measured at the size that it promises to be fast at.
  const usual = only.every((id) => id === 'L1') ? '1000000' : '100000';
  return {
    only,
    customers: wholeNumber('customers', values.customers ?? (quick ? '1000' : usual), 100),
    pairs: { least: rounds, most: quick ? rounds : rounds * 3 },
    seconds: quick ? 0.3 : wholeNumber('seconds', values.seconds ?? '3', 1),
    quick,
  };
}
