import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileIn = (dataDir: string): string => join(dataDir, 'brand-laid-at');

/** The moment to which the brand's history in this data folder reaches; null when nobody noted it. */
export function readLaidAt(dataDir: string): Date | null {
  if (!existsSync(fileIn(dataDir))) return null;
  const at = new Date(readFileSync(fileIn(dataDir), 'utf8').trim());
  return Number.isNaN(at.getTime()) ? null : at;
}

export function noteLaidAt(dataDir: string, at: Date): void {
  writeFileSync(fileIn(dataDir), `${at.toISOString()}\n`);
}
