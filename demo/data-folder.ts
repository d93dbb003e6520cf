import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf } from '../local-postgres/command-of.ts';

const fileIn = (dataDir: string): string => join(dataDir, 'demo.pid');

/** The demo that works on this folder, by its process; null when none does. Two on one folder would take each other's Postgres away. */
export function demoOn(dataDir: string, command: (pid: number) => string = commandOf): number | null {
  if (!existsSync(fileIn(dataDir))) return null;
  const pid = Number.parseInt(readFileSync(fileIn(dataDir), 'utf8'), 10);
  return /demo[/\\]run\.ts/.test(command(pid)) ? pid : null;
}

const traces = ['demo.pid', 'session-key', 'server.log', 'postgres/PG_VERSION'];

/** `--fresh` empties what a demo has left behind, and nobody's own folder, whatever `--data` says. */
export function mayBeEmptied(dataDir: string): boolean {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return true;
  return traces.some((trace) => existsSync(join(dataDir, trace)));
}

export function takeFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(fileIn(dataDir), `${process.pid}\n`);
}

export function leaveFolder(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}
