import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import type pg from 'pg';

export type Machine = {
  cores: number;
  cpu: string;
  memoryGiB: number;
  node: string;
  postgres: string;
  /** How many processes wanted a core in the minute before the run: with other work on the machine, its numbers are not to be trusted. */
  loadBefore: number;
};

function cpuName(): string {
  const model = cpus()[0]?.model;
  if (model) return model;
  try {
    return /model name\s*: (.+)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

export async function describeMachine(client: Pick<pg.Client, 'query'>, loadBefore = loadavg()[0] ?? 0): Promise<Machine> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  return {
    cores: availableParallelism(),
    cpu: cpuName(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: rows[0]?.server_version ?? 'unknown',
    loadBefore: Number(loadBefore.toFixed(2)),
  };
}
