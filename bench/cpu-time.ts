/**
 * Processor time from Linux's /proc: what a request really costs, whoever else wants the machine at that moment. In ticks of 10 ms, so a
 * run of three seconds is good to about one percent.
 */
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

type Process = { pid: number; parent: number; seconds: number };

/** One process with its ended children, or null when it is gone. The name in parentheses may hold spaces, so fields are counted behind it. */
function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
    return { pid, parent: Number(fields[1]), seconds: ticks / ticksPerSecond };
  } catch {
    return null;
  }
}

/** Seconds used by a process and everything below it, running or ended. */
export function cpuSeconds(root: number): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((process) => process !== null);
  let sum = 0;
  let generation = all.filter(({ pid }) => pid === root);
  if (generation.length === 0) throw new Error(`process ${root} is not running`);
  while (generation.length > 0) {
    const pids = new Set(generation.map(({ pid }) => pid));
    for (const { seconds } of generation) sum += seconds;
    generation = all.filter(({ parent }) => pids.has(parent));
  }
  return sum;
}

/** Seconds that the whole machine has spent on anything, and that a host took away from it (`steal`). */
export function machineSeconds(): { busy: number; stolen: number } {
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, softInterrupts = 0, stolen = 0] = (
    readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? ''
  )
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return { busy: (user + nice + system + interrupts + softInterrupts) / ticksPerSecond, stolen: stolen / ticksPerSecond };
}
